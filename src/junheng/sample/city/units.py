"""The units of the invented city, declared in `units.toml`: how many schools, where, of what kind."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.errors import MisuseError
from junheng.sample.character import Character
from junheng.sample.draws import share_out

CITY, CITY_NAME = "419900", "示例市"
"""Code of the invented city; its schools are managed by it, and its units stand under it."""
COUNTED = ("primary", "junior", "nine_year")
"""The kinds by which the schools of a city are counted."""
LEAST = 12
"""A unit of the city has at least so many schools."""
Millis = tuple[int, int]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One county-level unit."""

    code: str
    name: str
    seat: Millis
    outline: tuple[Millis, ...]
    """Corners of the schematic plan, counter-clockwise, in thousandths of a degree."""
    primary: tuple[int, int, int]
    """Schools of the kind in 城区, 镇区, 乡村."""
    junior: tuple[int, int, int]
    nine_year: tuple[int, int, int]
    character: Character
    others: dict[str, int] = {}
    dense: int = 0
    """So many schools in the certified dense area."""
    private: int = 0
    founded: int = 0
    """Schools founded in the last years, and others closed or merged."""
    closed: int = 0

    @property
    def schools(self) -> int:
        """小学、初中、九年一贯制学校; what stands in `others` is filed beside them."""
        return sum(sum(getattr(self, kind)) for kind in COUNTED)


class _Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unit: tuple[Unit, ...]


@cache
def _declared() -> tuple[Unit, ...]:
    text = (files("junheng.sample.city") / "units.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), _Units).unit


def units_of(units: int | None = None, schools: int | None = None) -> tuple[Unit, ...]:
    """The first `units` units, with `schools` schools in all; as declared where nothing is said.

    Raises MisuseError where there are not so many units, or too few schools for them.
    """
    declared = _declared()
    if units is not None and not 1 <= units <= len(declared):
        raise MisuseError(f"示例市有 1 至 {len(declared)} 个单位，不能造 {units} 个。")
    chosen = declared[:units]
    if schools is None:
        return chosen
    if schools < LEAST * len(chosen):
        raise MisuseError(
            f"{len(chosen)} 个单位至少要 {LEAST * len(chosen)} 所学校，给出的是 {schools} 所。"
        )
    return _scaled(chosen, schools)


def _scaled(units: Sequence[Unit], schools: int) -> tuple[Unit, ...]:
    totals = share_out(schools - LEAST * len(units), [u.schools for u in units])
    return tuple(_sized(u, LEAST + n) for u, n in zip(units, totals, strict=True))


def _sized(unit: Unit, schools: int) -> Unit:
    """The same unit with another number of schools."""
    weights = [n for kind in COUNTED for n in getattr(unit, kind)]
    parts = share_out(schools, weights)
    scale = schools / unit.schools
    cells = {kind: tuple(parts[3 * i : 3 * i + 3]) for i, kind in enumerate(COUNTED)}
    fewer = {name: _rounded(getattr(unit, name) * scale) for name in
             ("dense", "private", "founded", "closed")}  # fmt: skip
    others = {kind: _rounded(n * scale) for kind, n in unit.others.items()}
    return msgspec.structs.replace(unit, **cells, **fewer, others=others)


def _rounded(value: float) -> int:
    return int(value + 0.5)
