"""What of an official result goes outside: the counties' conclusions, never a person, never a cell.

Counties, areas, lines and coefficients of variation with their limits, how many schools were judged
and how many fail; no school by name. Beside them what anybody needs who wants to check: fingerprint
of the facts, seal, rules, version of the program. Of the remedies what their register makes public.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from junheng.casework import CaseFile, public_view, register
from junheng.publish.wording import short_label
from junheng.web.actions import remedies
from junheng.web.exporting import safe_text
from junheng.web.models import Case, Run
from junheng.web.results import reading
from junheng.web.roles import OfficeKind

CONCLUSIONS, LINES, SPREADS, REMEDIES, ALL, ABOUT = (
    "结论.csv", "各项要求.csv", "差异系数.csv", "整改.csv", "公开数据.json", "说明.txt",
)  # fmt: skip
STAGES = {"primary": "小学", "junior": "初中"}
FORMAT = "junheng open 1"


def told_of(run: Run) -> dict[str, Any]:
    """The public part of a result, as `公开数据.json` holds it."""
    city = reading.city(run.path)
    return {
        "format": FORMAT,
        **{k: city[k] for k in ("title", "unit", "demonstration", "on", "year", "scheme", "documents", "variant")},
        "conclusion": city["conclusion"],
        "areas": [each["title"] for each in city["areas"]],
        "counties": [_county(each) for each in city["counties"]],
        "remedies": _remedies(run),
        "facts": city["facts"],
        "seal": city["seal"],
        "version": city["version"],
        "code": city["codeHash"],
    }  # fmt: skip


def _county(told: dict[str, Any]) -> dict[str, Any]:
    verdicts = [school[6] for school in told["schools"] if school[6]]
    return {
        "code": told["code"],
        "name": told["name"],
        "verdict": told["verdict"],
        "areas": [area[0] for area in told["areas"]],
        "schools": len(verdicts),
        "failing": verdicts.count("未达标"),
        "missing": told["missing"],
        "lines": [[code, label, verdict] for code, label, verdict, *_ in told["lines"]],
        "spreads": [
            [*key.split(":"), cv, limit, verdict]
            for key, (cv, verdict, limit) in told["spreads"].items()
        ],
    }


def _remedies(run: Run) -> list[dict[str, str]]:
    """Struck-off remedies of the year and area, by what their register lets the public see."""
    held = register(remedies.REMEDIES)
    assert run.year is not None, "an assessment is of a year"
    cases = Case.objects.filter(
        register=held.name, state__in=held.public.states, year=run.year,
        subject__lineage__startswith=run.office.lineage,
    )  # fmt: skip
    found = []
    for case in cases.select_related("subject").order_by("subject__lineage", "key"):
        kind = "school" if case.subject.level is OfficeKind.SCHOOL else "county"
        seen = public_view(CaseFile(held, kind, case.state, remedies.values_of(case)))
        if seen is not None:
            told = {
                held.columns[n].heading if n != "state" else "状态": str(v) for n, v in seen.items() if v is not None
            }  # fmt: skip
            found.append({"单位": case.subject.name, **told})
    return found


def files_of(told: dict[str, Any], *, title: str, by: str, day: str) -> dict[str, bytes]:
    """Name → content of everything to be downloaded; the same result, title and day: the same bytes."""
    counties = told["counties"]
    heads = ["区县代码", "区县", "结论", *told["areas"], "参加计算的学校", "未达标学校", "缺报学校"]
    rows = [
        [c["code"], c["name"], c["verdict"], *c["areas"], c["schools"], c["failing"], c["missing"]]
        for c in counties
    ]
    lines = [[c["code"], c["name"], *line] for c in counties for line in c["lines"]]
    spreads = [
        [
            c["code"],
            c["name"],
            STAGES.get(stage, stage),
            code,
            short_label(code),
            cv,
            limit,
            verdict,
        ]
        for c in counties
        for stage, code, cv, limit, verdict in c["spreads"]
    ]
    found = {
        CONCLUSIONS: _csv(heads, rows),
        LINES: _csv(["区县代码", "区县", "代码", "要求", "结论"], lines),
        SPREADS: _csv(
            ["区县代码", "区县", "学段", "指标", "名称", "差异系数", "限值", "结论"], spreads
        ),
        ALL: (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
        ABOUT: "\n".join(_about(told, title, by, day)).encode(),
    }
    if told["remedies"]:
        names = list(dict.fromkeys(name for each in told["remedies"] for name in each))
        shown = [[each.get(name, "") for name in names] for each in told["remedies"]]
        found[REMEDIES] = _csv(names, shown)
    return found


def _about(told: dict[str, Any], title: str, by: str, day: str) -> Iterable[str]:
    if told["demonstration"]:
        yield f"{told['demonstration']}：学校和数字都是虚构的。\n"
    yield f"{title}\n\n{told['conclusion']}\n"
    yield f"发布：{by}，{day}"
    yield f"学年：{told['year']}；评估日期：{told['on']}"
    yield f"方案：{told['scheme']}；差异系数算法：{told['variant']}"
    yield f"依据：{'、'.join(told['documents'])}"
    yield "\n内容：各区县的结论、各方面和各项要求的结论、校际差异系数，已经销号的整改；不含逐校的数，不含个人信息。"
    yield "缺数据、缺报不当作达标，也不当作0。"
    yield f"\n事实指纹：{told['facts']}\n封存：{told['seal']}\n程序版本：{told['version']}（{told['code']}）"
    yield "核对：SHA256SUMS.txt 列出各文件的校验值；持有封存数据的单位用同一版本的程序（junheng assess）重新评估，应当得到同样的结论。\n"


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([[safe_text(str(each)) for each in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")
