"""七: what is proven, by what it can be checked, and how far the plan reaches, line by line."""

from collections.abc import Iterator

from junheng.diagnosis import Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.compliance_figures import single
from junheng.publish.compliance_proof import (
    CHECK,
    CHECKING,
    MEANING,
    certificate_rows,
    lines_by_code,
    reach_counts,
)
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import said
from junheng.studies import ComplianceStudy
from junheng.studies.certificate import BOUND


def certificate(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("证书", turned=True)
    paper.heading("证明了什么", 2)
    columns = [Column("项目", 30, "center"), Column("内容", 126)]
    rows = [list(row) for row in certificate_rows(study) if row[0] != CHECKING]
    paper.table("方案证书", columns, rows)
    paper.text(
        "任何人拿着方案.json和封存数据都可以重新核对：逐项计价，核对限制和教师调动，再由引擎评估推演的事实；"
        f"改过一个数、删过一项措施，都会说出来。命令：{CHECK}。"
    )
    paper.heading("方案管到哪里", 2)
    codes = lines_by_code(study)
    counts = "、".join(f"{reach}{number}项" for reach, number in reach_counts(study) if number)
    each = "" if single(study) else "，各区县分别计"
    paper.text(f"全部指标和一票否决{len(codes)}项{each}：{counts}。")
    paper.note(MEANING)
    if single(study):
        columns = [
            Column("代码", 14, "center"),
            Column("名称", 80),
            Column("今天", 17, "center"),
            Column("做完以后", 17, "center"),
            Column("方案", 28, "center"),
        ]
        told = list(_alone(study))
    else:
        columns = [
            Column("代码", 14, "center"),
            Column("名称", 64),
            *(Column(reach, 26, "center", "区县（个）") for reach, _ in reach_counts(study)),
        ]
        told = list(_several(study))
    paper.table("全部指标和一票否决", columns, told)
    if len(study.certificate.years) > 1:
        _later(paper, study)


def _alone(study: ComplianceStudy) -> Iterator[list[Cell]]:
    for each in study.certificate.lines:
        yield [each.code, each.label, said(each.before), said(each.after), each.reach]


def _several(study: ComplianceStudy) -> Iterator[list[Cell]]:
    for code, held in lines_by_code(study).items():
        reaches = [each.reach for each in held]
        yield [code, held[0].label, *(reaches.count(reach) for reach, _ in reach_counts(study))]


def _later(paper: Paper, study: ComplianceStudy) -> None:
    """The years after: how many lines the plan answers for, and which of all are not met then."""
    columns = [
        Column("学年", 16, "center"),
        *([] if single(study) else [Column("区县", 30)]),
        Column("方案约束（项）", 26, "center"),
        Column("其中达标（项）", 26, "center"),
        Column("没有达标的（代码）", 58),
    ]
    paper.table("各学年，用当年的学生数、班数", columns, list(_years(study)))


def _years(study: ComplianceStudy) -> Iterator[list[Cell]]:
    for standing in study.certificate.years:
        for code, name in study.answer.counties.items():
            lines = [each for each in standing.lines if each.county == code]
            bound = [each for each in lines if each.reach in BOUND]
            missed = [each.code for each in lines if each.after is Verdict.FAIL]
            county: list[Cell] = [] if single(study) else [name]
            yield [
                str(standing.year), *county, len(bound),
                sum(each.after is Verdict.PASS for each in bound), "、".join(missed) or "没有",
            ]  # fmt: skip
