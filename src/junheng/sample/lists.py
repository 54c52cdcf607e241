"""班级清单, 用房台账, 校区: the optional lists, always in step with the totals filed beside them."""

from decimal import Decimal
from typing import Any

from junheng.sample.cohorts import SchoolClass
from junheng.sample.draws import CENT, share_out, stream
from junheng.sample.register import Site

BIN_AREA = {
    "music_rooms_ge_96": 98, "music_rooms_73_96": 80, "music_rooms_61_73": 65,
    "music_rooms_54_61": 56, "art_rooms_ge_90": 92, "art_rooms_67_90": 75,
    "art_rooms_61_67": 62, "art_rooms_54_61": 56,
}  # fmt: skip
CAMPUS_NAMES = ("东校区", "西校区")


def class_rows(site: Site, classes: list[SchoolClass]) -> list[dict[str, Any]]:
    return [
        {
            "school_code": site.code,
            "grade": each.grade,
            "class_no": str(each.number),
            "stage": each.stage,
            "pupils": each.pupils,
        }
        for each in classes
    ]


def room_rows(seed: int, site: Site, row: dict[str, Any], *, year: int) -> list[dict[str, Any]]:
    """Every regular, music and art room of the school, as many networked as were filed."""
    chance = stream(seed, site.key, "rooms")
    kinds = ["regular"] * row["regular_classrooms"]
    areas = [Decimal(chance.randint(5800, 7200)) * CENT for _ in kinds]
    for name, least in BIN_AREA.items():
        count = row[name]
        kinds += [name.split("_", 1)[0]] * count
        areas += [Decimal(least * 100 + chance.randint(0, 380)) * CENT for _ in range(count)]
    # 先联网普通教室，再联网专用教室，间数正好等于填报的网络多媒体教室数。
    first = max(site.founding_year, 1995)
    return [
        {
            "school_code": site.code,
            "room_no": f"{chr(65 + i // 60)}{i % 60 + 101}",
            "room_type": kind,
            "area_m2": area,
            "built_year": chance.randint(min(first, year), min(year, first + 12)),
            "networked": i < row["multimedia_classrooms"],
        }
        for i, (kind, area) in enumerate(zip(kinds, areas, strict=True))
    ]


def campus_rows(site: Site, row: dict[str, Any], pupils: int) -> list[dict[str, Any]]:
    """Two campuses whose pupils, areas and equipment add up to the school's."""
    columns = ("teaching_auxiliary_area_m2", "sports_ground_area_m2", "equipment_value_yuan")
    heads = share_out(pupils, (2, 1))
    parts = {c: [v * CENT for v in share_out(int(row[c] * 100), (2, 1))] for c in columns}
    # 万元栏保留两位小数：设备值按百元拆分。
    wan = share_out(int(row["equipment_value_yuan"] / 100), (2, 1))
    parts["equipment_value_yuan"] = [Decimal(v * 100) + Decimal("0.00") for v in wan]
    return [
        {
            "school_code": site.code,
            "campus_name": name,
            "address": f"示例路{site.index + 1}号{name}",
            "stage": "primary" if site.school_type == "primary" else "junior",
            "pupils": heads[i],
            **{c: parts[c][i] for c in columns},
        }
        for i, name in enumerate(CAMPUS_NAMES)
    ]
