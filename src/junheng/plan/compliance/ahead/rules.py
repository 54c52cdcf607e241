"""The rules of a forecast that was read from a plan: what the table and the class-size plan are held to when they are read."""

from collections import Counter
from collections.abc import Container, Iterator

from junheng.errors import MisuseError
from junheng.plan.compliance.ahead.gaps import refuse_gaps
from junheng.plan.compliance.ahead.nouns import Count, Forecast
from junheng.plan.compliance.ahead.returns import stages_told
from junheng.registry import Facts
from junheng.schema import Stage

PATH = "class_size"


def faults_of(told: Forecast, facts: Facts, *, by: int, latest: int) -> Iterator[str]:
    """Everything in it that no reader of ours would have taken."""
    if not told:
        if told.growth or told.unmended or told.path_years or told.files:
            yield "没有学生数，却写了文件、班额方案的学年或增班"
        return
    there = stages_told(facts)
    times = Counter(each.key for each in told.counts)
    yield from (f"{_named(*key)}写了{number}次" for key, number in times.items() if number > 1)
    for each in told.counts:
        wrong = [*_wrong(each, told.path_years)]
        if each.stage not in there.get(each.school, ()):
            wrong.append("封存里没有这个学校、学段")
        yield from (f"{_named(*each.key)}：{text}" for text in wrong)
    years = {*told.years, *told.path_years, *(g.year for g in told.growth), *(u.year for u in told.unmended)}  # fmt: skip
    outside = sorted(year for year in years if not facts.year < year <= latest)
    if outside:
        yield f"{'、'.join(map(str, outside))}学年不在{facts.year + 1}到{latest}之间"
    yield from _path(told, there.keys())
    try:
        refuse_gaps(told, by)
    except MisuseError as gaps:
        yield str(gaps)


def _wrong(count: Count, path_years: tuple[int, ...]) -> Iterator[str]:
    if count.stage is not Stage.SENIOR and count.classes is None:
        yield "没有班数"
    elif count.classes is not None and (count.pupils > 0) != (count.classes > 0):
        yield f"{count.pupils}名学生、{count.classes}个班"
    if not count.sizes:
        return
    every = [pupils for _, sizes in count.sizes for pupils in sizes]
    if count.year not in path_years:
        yield "写了各班人数，却不在班额方案的学年里"
    if (sum(every), len(every)) != (count.pupils, count.classes) or min(every, default=1) < 1:
        yield "各班人数与在校生数、班数不符"


def _path(told: Forecast, schools: Container[str]) -> Iterator[str]:
    """A class-size plan tells the size of every class in each of its years, and nothing outside them."""
    kinds = {each.kind for each in told.files}
    if (PATH in kinds) != bool(told.path_years):
        yield "班额方案的学年与所用的文件不符"
    for year in told.path_years:
        bare = [c for c in told.counts if c.year == year and c.classes and not c.sizes]
        if kinds == {PATH} and bare:
            yield f"{_named(*bare[0].key)}等{len(bare)}处没有各班人数，班额方案的学年应当有"
        if not any(c.sizes for c in told.counts if c.year == year):
            yield f"{year}学年是班额方案的学年，却没有一所学校写了各班人数"
    spoken = [(g.school, g.year) for g in told.growth] + [(u.school, u.year) for u in told.unmended]
    for school, year in spoken:
        if year not in told.path_years or school not in schools:
            yield f"{school} {year}学年的增班、解决不了的班额不在班额方案里"


def unlike(told: Forecast, given: Forecast) -> Iterator[str]:
    """Where the files that were given say something else than the plan was told."""
    if told.content_sha256 == given.content_sha256:
        return
    ours = {each.key: (each.pupils, each.classes, each.sizes) for each in told.counts}
    theirs = {each.key: (each.pupils, each.classes, each.sizes) for each in given.counts}
    other = sorted(key for key in {*ours, *theirs} if ours.get(key) != theirs.get(key))
    where = f"，共{len(other)}处，先是{_named(*other[0])}" if other else "（增班或班额方案的学年）"
    yield f"给出的学生数表、班额方案与方案里写的不同{where}"


def resaved(told: Forecast, given: Forecast) -> bool:
    """Whether the same content was given in files that are not, byte for byte, those of the plan."""
    return {(f.kind, f.sha256) for f in told.files} != {(f.kind, f.sha256) for f in given.files}


def _named(school: str, stage: Stage, year: int) -> str:
    return f"{school} {stage.label} {year}学年"


__all__ = ["faults_of", "resaved", "unlike"]
