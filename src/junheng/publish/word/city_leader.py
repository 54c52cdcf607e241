"""领导一页 of a city: on one sheet which counties fall short, where, how far, who, by when."""

from collections.abc import Iterator, Sequence

from junheng.diagnosis import CountyVerdict, Light, Line, TargetVerdict, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.digits import amount_text
from junheng.publish.line_words import line_told
from junheng.publish.target_words import owner_words, title_words
from junheng.publish.totals import lacks
from junheng.publish.word.city import City, some_counties
from junheng.publish.word.frame import ONE_SHEET
from junheng.publish.word.grid import Column, table
from junheng.publish.word.leader import HEIGHT, LINE, POINTS, ROW, TITLE, height_of
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import chinese_day, marked, said
from junheng.publish.wording import short_label, with_code
from junheng.publish.wrapping import wrapped
from junheng.registry.template.wording import display_width
from junheng.years import SchoolYear

WEAK, NAME = 40, 15
"""Half-width characters in a line of the widest column and of the names."""
COLUMNS = (
    Column("区县", 27),
    Column("结论", 15, "center"),
    Column("指标", 12, "center", "未达标"),
    Column("学校", 12, "center", "未达标"),
    Column("最弱之处、差多少", 68),
    Column("责任单位", 22),
    Column("完成时限", 18),
)
TRIED = (8, 6, 4, 3, 2, 1)
"""Lines of a cell that are tried, one after the other, until the sheet holds all counties."""
MOST_LINES, MOST_OVERDUE = 5, 3


def city_leader_page(city: City) -> Paper:
    """The sheet, ready to be packed."""
    on, year = city.study.assessment.on, SchoolYear(city.study.assessment.year)
    paper = Paper(title=f"{city.name}{TITLE}", subject=str(year),
                  header=marked(city.name, TITLE, city.mark), on=on)  # fmt: skip
    paper.page = ONE_SHEET
    paper.line(f"{city.name}{TITLE}", "SheetTitle")
    lead = _lead(city)
    last = (
        f"责任单位、完成时限由市里确定。{year}数据，评估日期{chinese_day(on)}；"
        "各区县逐校事项见其《整改清单》，依据和算法见《监测报告》。"
    )
    paper.line(lead, "Small")
    room = HEIGHT - 5 * LINE - 2 * (LINE + ROW) - height_of(lead) - height_of(last)
    weak, room = _fitting(city, room)
    rows = [_row(county, told) for county, told in zip(city.counties, weak, strict=True)]
    paper.add(table(COLUMNS, rows, points=POINTS))
    paper.line("全市先看什么", "SmallHead")
    for told in _first(city):
        room -= height_of(told)
        if room >= 0:
            paper.line(told, "Small")
    paper.line(last, "Small")
    return paper


def _lead(city: City) -> str:
    verdicts = [county.verdict for county in city.counties]
    schools = [verdict for county in city.counties for verdict in county.schools.values()]
    missing = sum(len(county.missing) for county in city.counties)
    told = "、".join(f"{v}{verdicts.count(v)}个" for v in Verdict if v in verdicts)
    counted = "、".join(f"{v}{schools.count(v)}所" for v in Verdict if v in schools)
    return (
        f"{city.name}{f'（{city.mark}）' if city.mark else ''}{len(verdicts)}个区县：{told}。"
        f"参加计算的学校{len(schools)}所{f'：{counted}' if counted else ''}"
        f"{f'；另有{missing}所缺报' if missing else ''}。"
    )


# --- counties ----------------------------------------------------------------------------------


def _fitting(city: City, room: float) -> tuple[list[str], float]:
    """What is said of each county: in full where the sheet holds it, else shorter; the room left."""
    first = sum(height_of(told) for told in _first(city))
    for most in TRIED:
        told = [_weakest(county, most) for county in city.counties]
        left = room - sum(_height(c, t) for c, t in zip(city.counties, told, strict=True))
        if left >= first or most == TRIED[-1]:
            return told, left
    raise AssertionError("the last try returns")


def _height(county: CountyVerdict, told: str) -> float:
    return max(_lines(told, WEAK), _lines(county.name, NAME)) * LINE + ROW


def _lines(text: str, width: int) -> int:
    return len(list(wrapped(text, width, display_width)))


def _weakest(county: CountyVerdict, most: int) -> str:
    """The first failing line of the weakest area in at most so many lines of the cell."""
    line = _weakest_line(county, Verdict.FAIL) or _weakest_line(county, Verdict.NO_DATA)
    if line is None:
        return "各项都达标"
    label = short_label(line.code) if line.code in county.standard.indicators else line.label
    schools = len({point.school_code for point in line.failing_schools})
    many = f"{schools}所学校" if schools else ""
    short = f"{label}（{line.code}）：{many}{line.verdict}"
    full = f"{label}（{line.code}）：{line_told(line)}"
    return full if _lines(full, WEAK) <= most else short


def _weakest_line(county: CountyVerdict, verdict: Verdict) -> Line | None:
    """Among lines with this verdict, the one that most schools do not meet."""
    held = [line for line in county.lines if line.verdict is verdict]
    return max(held, key=lambda line: len(line.failing_schools), default=None)


def _row(county: CountyVerdict, told: str) -> list[Cell]:
    lines = sum(line.verdict is Verdict.FAIL for line in county.lines)
    schools = sum(verdict is Verdict.FAIL for verdict in county.schools.values())
    return [
        county.name,
        said(county.verdict),
        lines,
        schools if county.parts else "—",
        told,
        None,
        None,
    ]


# --- the city as a whole -----------------------------------------------------------------------


def _first(city: City) -> Iterator[str]:
    """The lines most counties miss, the greatest lack, what is overdue."""
    labels = [each for _, _, lines in city.areas() for each in lines]
    failing = [(len(names), code, label, names) for code, label in labels
               if (names := city.named(code, Verdict.FAIL))]  # fmt: skip
    failing.sort(key=lambda each: -each[0])
    if failing:
        told = "；".join(f"{label}（{code}）{n}个" for n, code, label, _ in failing[:MOST_LINES])
        yield f"未达标的区县最多的指标：{told}。"
    yield from _lack(city)
    over = [c.name for c in city.counties if any(s.verdict is Verdict.FAIL for s in c.spreads)]
    if over:
        yield f"校际差异系数超过限值的区县{len(over)}个：{some_counties(over)}。"
    if city.targets is not None:
        yield from _overdue(city.targets.at(Light.OVERDUE))
    silent = [county.name for county in city.counties if not county.parts]
    if silent:
        yield f"没有学校数据、须先报送的区县{len(silent)}个：{some_counties(silent)}。"


def _overdue(held: Sequence[TargetVerdict]) -> Iterator[str]:
    """The overdue targets, each with how many units it is overdue in and whose it is."""
    places: dict[str, list[TargetVerdict]] = {}
    for each in held:
        places.setdefault(each.code, []).append(each)
    if places:
        told = "；".join(
            f"{title_words(found[0])}，{len(found)}个单位，责任单位{owner_words(found[0].promise.target)}"
            for found in list(places.values())[:MOST_OVERDUE]
        )
        rest = len(places) - MOST_OVERDUE
        yield f"逾期的政策目标{len(places)}项：{told}{f'；另有{rest}项' if rest > 0 else ''}。"


def _lack(city: City) -> Iterator[str]:
    held = [each for county in city.counties for each in lacks(county)]
    totals = {
        code: [each for each in held if each.indicator == code] for code in city.standard.indicators
    }
    parts = {code: sum(sum(x.failing.values()) for x in found) for code, found in totals.items()}
    worst = max(parts, key=lambda code: parts[code])
    if parts[worst]:
        amount = sum((x.to_limit for x in totals[worst]), start=totals[worst][0].to_limit * 0)
        yield (
            f"学校未达标最集中的是{with_code(worst)}：{parts[worst]}个学段部，"
            f"都补到标准，全市合计还差{amount_text(amount, totals[worst][0].unit)}。"
        )
