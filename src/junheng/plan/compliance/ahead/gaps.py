"""What a forecast must not leave open: a number that falls back to the sealed one, a county or a main
school without pupils, a county of which the class-size plan says nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError
from junheng.indicators import FiledCounty, FiledSchool
from junheng.indicators.stages import pupils_of
from junheng.plan.compliance.ahead.nouns import Forecast
from junheng.plan.compliance.cut_short import cut_short
from junheng.schema import Stage


def refuse_gaps(forecast: Forecast, by: int) -> None:
    """Where a school's stage is told in one year, it must be told in every later year that asks: else
    it would go back to what was sealed. Raises MisuseError naming each."""
    asking = sorted({by, *(year for year in forecast.years if year >= by)})
    told: dict[tuple[str, Stage], set[int]] = {}
    for count in forecast.counts:
        told.setdefault((count.school, count.stage), set()).add(count.year)
    gaps = []
    for (school, stage), years in sorted(told.items()):
        lacking = [year for year in asking if year > min(years) and year not in years]
        if lacking:
            written, missed = ("、".join(map(str, each)) for each in (sorted(years), lacking))
            gaps.append(f"{school} {stage.label}写了{written}学年，没有写{missed}学年")
    if gaps:
        files = "、".join(f"“{each.file}”" for each in forecast.files)
        raise MisuseError(
            f"{files}里有学校写了前面的学年、没有写后面的学年，那一年会退回封存的数：{cut_short(gaps)}。"
            f"从{by}学年起，表里写到的每个学年都要达到，请逐年补上，没有变化的也写上。"
        )


def refuse_closed(
    year: int, counties: Sequence[CountyVerdict], filed: Mapping[str, FiledCounty], forecast: Forecast
) -> None:  # fmt: skip
    """Raises MisuseError for a county in which nobody is left, and for main schools told to be without
    pupils while returns that are counted with them still have some."""
    told = {count.school for count in forecast.counts if count.year == year}
    if not told:
        return
    empty = [f"{county.code}{county.name}" for county in counties if not county.parts]
    if empty:
        raise MisuseError(
            f"{year}学年{'、'.join(empty)}没有一个学段部有学生，没有什么要达标。"
            "请核对学生数表里写成0的学校，或用 --county 只做别的区县。"
        )
    left = [
        text
        for county in counties
        for school in filed[county.code].schools
        if school.code in told
        for text in _left_behind(school)
    ]
    if left:
        raise MisuseError(
            f"{year}学年主校没有学生，并入它的校区、教学点还有：{cut_short(left)}。"
            "请把它们也写成0，或者在封存里改正它们并入哪一所学校。"
        )


def refuse_beside_path(
    forecast: Forecast, year: int, schools: Mapping[str, Collection[str]]
) -> None:
    """Raises MisuseError for counties (code and name → codes of their returns) of which the class-size
    plan says nothing in this year: what it leaves unmet cannot be asked of them."""
    untold = beside_path(forecast, year, schools)
    if untold:
        raise MisuseError(
            f"班额方案没有写{'、'.join(untold)}的学校（{year}学年），不能要求它们照着走。"
            "请用写到这里全部区县的班额方案，或用 --county 只做班额方案写到的区县。"
        )


def beside_path(forecast: Forecast, year: int, schools: Mapping[str, Collection[str]]) -> list[str]:
    """Those of the counties (name → codes of returns) of which the class-size plan tells no class in
    this year; none where the year is not one of the plan's."""
    if year not in forecast.path_years:
        return []
    sized = {each.school for each in forecast.counts if each.year == year and each.sizes}
    return [county for county, codes in schools.items() if sized and sized.isdisjoint(codes)]


def _left_behind(school: FiledSchool) -> Iterator[str]:
    """A main school without pupils, and where they still are."""
    pupils = {
        str(row["school_code"]): sum(pupils_of(row, stage) or 0 for stage in Stage)
        for row in school.members
    }
    if pupils.pop(school.code, 0) == 0 and any(pupils.values()):
        held = "、".join(f"{code} {number}人" for code, number in pupils.items() if number)
        yield f"{school.name}（{school.code}）：{held}"


__all__ = ["beside_path", "refuse_beside_path", "refuse_closed", "refuse_gaps"]
