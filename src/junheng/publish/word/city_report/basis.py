"""一、二: basis, range, method and conclusion of the monitoring; the city's circumstances by county."""

from junheng.diagnosis import AreaVerdict, CountyVerdict, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.word.city import City, some_counties
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.basis import documents, method
from junheng.publish.word.self_report.circumstances import STAGES, filed, pupils_in, school_rows
from junheng.publish.word.telling import NO_SCHOOL, chinese_day, count, said
from junheng.publish.wording import listed
from junheng.years import SchoolYear

COUNTED = (
    "学校数含不计校数的校区、教学点和特殊教育学校；“缺数据”表示至少有一所学校没有填报。"
    "没有学校数据的区县只列名称。"
)


def basis_and_method(paper: Paper, city: City) -> None:
    paper.heading("监测依据、范围和方法")
    paper.heading("监测依据", 2)
    documents(paper, city.counties, "监测")
    paper.heading("监测范围", 2)
    _range(paper, city)
    paper.heading("监测方法", 2)
    method(paper, city.counties[0])
    if not city.uniform:
        paper.text("各区县适用的条款不完全相同，分别按各自适用的条款判定，差别见附录。")
    paper.heading("监测结论", 2)
    _conclusion(paper, city)


def _range(paper: Paper, city: City) -> None:
    year = SchoolYear(city.study.assessment.year)
    paper.text(
        f"数据为{year}学年初（{chinese_day(year.first_day)}）的学籍、教师和办学条件，"
        f"经费和工资为{year.fiscal_year}年度。"
    )
    schools = sum(len(county.schools) for county in city.counties)
    stages = "、".join(
        f"{stage.label}{sum(p.stage is stage for c in city.counties for p in c.parts)}个"
        for stage in city.standard.stages
    )
    paper.text(
        f"监测{city.name}{len(city.counties)}个区县，参加资源配置计算的学校{schools}所，按学段部分别计：{stages}。"
    )
    if city.absent:
        paper.text(
            f"没有报送数据、不在本次监测之内的区县{len(city.absent)}个：{'、'.join(city.absent)}。"
        )
    empty = [county.name for county in city.counties if not county.parts]
    if empty:
        paper.text(f"没有学校数据的区县{len(empty)}个：{'、'.join(empty)}。{NO_SCHOOL}")
    missing = [(county.name, len(county.missing)) for county in city.counties if county.missing]
    if missing:
        told = "、".join(f"{name}{number}所" for name, number in missing)
        paper.text(
            f"缺报学校{sum(n for _, n in missing)}所：{told}。补报以前，所在学段的校际差异系数不下结论。"
        )


def _conclusion(paper: Paper, city: City) -> None:
    told = []
    for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA):
        names = [county.name for county in city.counties if county.verdict is verdict]
        shown = f"：{some_counties(names)}" if names else ""
        told.append(f"{verdict}{len(names)}个{shown}")
    paper.text(f"{city.name}{len(city.counties)}个区县中，{'；'.join(told)}。")
    for code, title, _ in city.areas():
        failing = [c.name for c in city.counties if _of(c, code).verdict is Verdict.FAIL]
        if failing:
            paper.text(f"{title}未达标的区县{len(failing)}个：{some_counties(failing)}。")
    areas = list(city.areas())
    paper.table(
        "各区县结论",
        [
            Column("区县", 38),
            Column("结论", 16, "center"),
            *(Column(title, 16, "center", "各方面") for _, title, _ in areas),
            Column(Verdict.FAIL.value, 11, "center", "全部指标（项）"),
            Column(Verdict.NO_DATA.value, 11, "center", "全部指标（项）"),
        ],
        [_county(county) for county in city.counties],
    )


def _of(county: CountyVerdict, code: str) -> AreaVerdict:
    return next(area for area in county.areas if area.code == code)


def _county(county: CountyVerdict) -> list[Cell]:
    verdicts = [line.verdict for line in county.lines]
    counts = [verdicts.count(each) for each in (Verdict.FAIL, Verdict.NO_DATA)]
    return [
        county.name, said(county.verdict), *(said(area.verdict) for area in county.areas), *counts
    ]  # fmt: skip


# --- circumstances -----------------------------------------------------------------------------


def circumstances(paper: Paper, city: City) -> None:
    paper.heading("基本情况")
    rows = {county.code: school_rows(city.study, county) for county in city.counties}
    everyone = [row for held in rows.values() for row in held]
    if not everyone:
        paper.text(NO_SCHOOL)
        return
    pupils = "、".join(f"{s.label}学生{count(pupils_in(everyone, s))}人" for s in STAGES)
    private = sum(row["ownership"] == "private" for row in everyone)
    paper.text(
        f"各区县学校表所列学校（校区、教学点）共{len(everyone)}所，其中民办{private}所；{pupils}。"
    )
    unknown = [c.name for c in city.counties if rows[c.code] and _unknown(rows[c.code])]
    if unknown:
        paper.text(f"{listed(unknown, counter='个区县')}有学校没有报送学生数，全市合计写“缺数据”。")
    table = [_counted(county.name, rows[county.code]) for county in city.counties]
    paper.table(
        "各区县学校、学生、班级和教师",
        [
            Column("区县", 34),
            Column("学校", 14, "center"),
            Column("民办", 12, "center"),
            *(
                Column(text, 16, "center", stage.label)
                for stage in STAGES
                for text in ("学生（人）", "班级（个）", "专任教师（人）")
            ),
        ],
        [*table, _counted("合计", everyone)],
        note=COUNTED,
    )


def _unknown(rows: list[dict[str, object]]) -> bool:
    return any(pupils_in(rows, stage) is None for stage in STAGES)


def _counted(name: str, rows: list[dict[str, object]]) -> list[Cell]:
    if not rows:
        return [name, 0, *["—"] * (1 + 3 * len(STAGES))]
    cells: list[Cell] = [name, len(rows), sum(row["ownership"] == "private" for row in rows)]
    for stage in STAGES:
        cells.append(count(pupils_in(rows, stage)))
        cells += [
            count(filed(rows, f"{what}_{stage}", stage))
            for what in ("class_count", "full_time_teachers")
        ]
    return cells
