"""County shapes from a GeoJSON file: which shape is which county, and what is wrong with the file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError

Ring = list[list[float]]
Shapes = dict[str, list[Ring]]
"""County code → rings; holes are told by the even-odd rule."""
CODES = ("code", "county_code", "adcode", "xzqdm", "id")
NAMES = ("name", "county_name", "名称")
PLACES = 5
"""Decimals of a degree that are kept: about one metre."""


def read_boundaries(path: Path, counties: Sequence[CountyVerdict]) -> Shapes:
    """The shapes of the study's counties. Raises MisuseError where none is found, or one is malformed."""
    features = _features(path)
    by_code = {_text(f, CODES): f for f in features if _text(f, CODES)}
    by_name = {_text(f, NAMES): f for f in features if _text(f, NAMES)}
    found = {}
    for county in counties:
        feature = by_code.get(county.code) or by_name.get(county.name)
        if feature is not None:
            found[county.code] = _rings(path, county, feature)
    if not found:
        named = "、".join([*by_code, *by_name][:5]) or "没有名称或代码"
        raise MisuseError(
            f"“{path}”里没有本次评估的区县（文件里有：{named}）。"
            f"请让每个区域的 properties 带有 code（六位代码）或 name（区县名称）。"
        )
    return found


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise MisuseError(f"找不到边界文件“{path}”。请核对路径。")
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise MisuseError(f"边界文件“{path}”不是 GeoJSON：{error}。") from None
    except RecursionError:
        raise MisuseError(f"边界文件“{path}”不是 GeoJSON：嵌套太深。") from None
    features = held.get("features") if isinstance(held, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise MisuseError(
            f"边界文件“{path}”里没有区域。请给出 GeoJSON 的 FeatureCollection（Polygon 或 MultiPolygon）。"
        )
    return features


def _text(feature: dict[str, Any], keys: tuple[str, ...]) -> str:
    properties = feature.get("properties")
    held = {"id": feature.get("id"), **(properties if isinstance(properties, dict) else {})}
    return next((str(held[key]) for key in keys if held.get(key)), "")


def _rings(path: Path, county: CountyVerdict, feature: dict[str, Any]) -> list[Ring]:
    geometry: dict[str, Any] = feature.get("geometry") or {}
    kind, held = geometry.get("type"), geometry.get("coordinates")
    try:
        polygons: Any = {"Polygon": [held], "MultiPolygon": held}[str(kind)]
        return [_ring(ring) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError):
        raise MisuseError(
            f"边界文件“{path}”里“{county.name}”的图形看不懂（{kind}）。请用 Polygon 或 MultiPolygon，坐标写经度、纬度。"
        ) from None


def _ring(points: list[list[float]]) -> Ring:
    found: Ring = []
    for point in points:
        lon, lat = round(float(point[0]), PLACES), round(float(point[1]), PLACES)
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(point)
        if not found or found[-1] != [lon, lat]:
            found.append([lon, lat])
    return found
