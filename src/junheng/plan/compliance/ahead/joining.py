"""A table of pupils and a class-size plan together: what both tell must be the same."""

from collections.abc import Sequence

from junheng.errors import MisuseError
from junheng.plan.compliance.ahead.nouns import Count, Forecast, sealed
from junheng.plan.compliance.cut_short import cut_short


def joined(*told: Forecast) -> Forecast:
    """Everything that is told. Raises MisuseError naming where two files contradict each other."""
    held: dict[tuple[str, str, int], tuple[Count, str]] = {}
    wrong: list[str] = []
    for each in told:
        name = "、".join(file.file for file in each.files)
        for count in each.counts:
            before = held.get(count.key)
            if before is not None and _differ(before[0], count):
                one, other = _words(before[0]), _words(count)
                wrong.append(
                    f"{count.school} {count.stage.label} {count.year}学年，“{before[1]}”是{one}，“{name}”是{other}"
                )
            if before is None or count.sizes:
                held[count.key] = (count, name)
    if wrong:
        raise MisuseError(f"学生数表与班额方案矛盾：{cut_short(wrong)}。请只留一处，或改成一样。")
    return _all(told, [count for count, _ in held.values()])


def _all(told: Sequence[Forecast], counts: Sequence[Count]) -> Forecast:
    return sealed(
        [file for each in told for file in each.files], counts,
        [growth for each in told for growth in each.growth],
        [school for each in told for school in each.unmended],
        {year for each in told for year in each.path_years},
    )  # fmt: skip


def _differ(one: Count, other: Count) -> bool:
    return (one.pupils, one.classes) != (other.pupils, other.classes)


def _words(count: Count) -> str:
    return f"{count.pupils}人" + ("" if count.classes is None else f"、{count.classes}班")


__all__ = ["joined"]
