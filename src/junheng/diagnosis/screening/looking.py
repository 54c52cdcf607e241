"""Looking at one or several school years of facts for patterns that are worth a question."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from junheng.diagnosis.screening import classes, facilities, moving, thresholds, values  # noqa: F401  (they enter their looks)
from junheng.diagnosis.screening.kinds import LOOKS
from junheng.diagnosis.screening.nouns import Question, Screening, screens
from junheng.diagnosis.screening.view import CLASS_CLAUSE, Turn, YearView, view_of
from junheng.errors import MisuseError
from junheng.registry import Facts


def screen_facts(
    facts: Sequence[Facts],
    *,
    days: Mapping[int, date],
    scheme: str = "2017-quality",
    kinds: Sequence[str] = (),
) -> Screening:
    """Every question that these years raise, by county, year and kind.

    `days` gives the day by whose standards each year is looked at; `kinds` limits the screens.
    Years count as neighbours only where they follow one another. Raises MisuseError for an unknown
    kind or scheme, DeclarationError where the margins are wrong.
    """
    unknown = sorted(set(kinds) - set(screens()))
    if unknown:
        raise MisuseError(f"没有这些筛查：{'、'.join(unknown)}。可用：{'、'.join(screens())}。")
    views = {each.year: view_of(each, on=days[each.year], scheme=scheme) for each in facts}
    return screen_views(views, kinds=kinds)


def screen_views(views: Mapping[int, YearView], *, kinds: Sequence[str] = ()) -> Screening:
    """As `screen_facts`, on years that were looked at already."""
    chosen = tuple(code for code in screens() if not kinds or code in kinds)
    questions = [
        question
        for year in sorted(views)
        for county in views[year].standards
        for question in _of(views, year, county, chosen)
    ]
    return Screening(tuple(sorted(views)), tuple(questions), tuple(_unscreened(views, chosen)))


def _of(
    views: Mapping[int, YearView], year: int, county: str, chosen: Sequence[str]
) -> Iterator[Question]:
    last = views.get(year - 1)
    turn = Turn(views[year], last, views.get(year - 2) if last else None, county)
    for code in chosen:
        yield from LOOKS[code](screens()[code], turn)


def _unscreened(views: Mapping[int, YearView], chosen: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What could not be looked for at all, and why."""
    run = max((_run(views, year) for year in views), default=0)
    limited = any(
        CLASS_CLAUSE in standard.demands
        for each in views.values()
        for standard in each.standards.values()
    )
    for code in chosen:
        if screens()[code].years > run:
            yield code, f"需要相邻{screens()[code].years}个学年的数据，只有{run}个"
        elif code.startswith("class") and not limited:
            yield code, "所用方案没有班额条款"


def _run(views: Mapping[int, YearView], year: int) -> int:
    """How many years in a row end with this one."""
    return 1 + _run(views, year - 1) if year - 1 in views else 1
