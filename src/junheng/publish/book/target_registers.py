"""The registers of a policy: ordered documents, mechanisms, open points, and where all comes from."""

from junheng.publish.book.cells import Cell, Tone, Word
from junheng.publish.book.listing import Heading, Listing
from junheng.studies.targets import TargetStudy


def ordered_documents(study: TargetStudy) -> Listing:
    """The documents that the policy orders."""
    return Listing(
        name="要求制定的文件",
        title="政策要求制定的文件",
        notes=["状态“未核对”：我们不知道是否已经印发，不是没有印发。"],
        headings=[
            Heading("编号", 8, "center"),
            Heading("条号", 6, "center"),
            Heading("文件", 56),
            Heading("制定单位", 26),
            Heading("份数", 6, "center"),
            Heading("状态", 10, "center"),
            Heading("文号", 16),
            Heading("印发日期", 11, "center"),
            Heading("由它定数的目标", 16),
            Heading("说明", 40),
        ],
        rows=[
            [
                each.code, each.article, each.title, each.issuer, each.copies,
                Word(each.status, Tone.OPEN if each.status == "未核对" else Tone.PLAIN),
                each.number, each.issued.isoformat() if each.issued else None,
                "、".join(each.targets), each.note,
            ]
            for each, _ in study.board.policy.ordered
        ],
        sticky=3,
    )  # fmt: skip


def mechanisms(study: TargetStudy) -> Listing:
    """The mechanisms that the policy names."""
    return Listing(
        name="机制",
        title="政策提到的机制",
        notes=[],
        headings=[
            Heading("编号", 8, "center"),
            Heading("条号", 6, "center"),
            Heading("机制", 70),
            Heading("说明", 40),
        ],
        rows=[
            [each.code, each.article, each.title, each.note]
            for each, _ in study.board.policy.mechanisms
        ],
        sticky=3,
    )


def open_points(study: TargetStudy) -> Listing:
    """Readings that the authority must settle, with the one taken."""
    policy = study.board.policy
    rows: list[list[Cell]] = []
    for code, (point, _) in policy.open_points.items():
        label = next(o.label for o in point.option if o.code == policy.readings[code])
        others = [f"{o.code}：{o.label}" for o in point.option if o.code != policy.readings[code]]
        rows.append(
            [
                code, point.title, point.question, label, point.reason, "\n".join(others),
                "、".join(point.touches), point.source,
            ]
        )  # fmt: skip
    return Listing(
        name="待明确的口径",
        title="待主管部门明确的口径",
        notes=["现在采用的口径可以用 --reading 口径=选项 更换。"],
        headings=[
            Heading("口径", 18),
            Heading("问题所在", 34),
            Heading("请主管部门答复", 40),
            Heading("现在采用", 28),
            Heading("理由", 32),
            Heading("其他选项", 36),
            Heading("涉及的目标", 18),
            Heading("出处", 10, "center"),
        ],
        rows=rows,
        sticky=1,
    )


def provenance(study: TargetStudy) -> Listing:
    """Snapshots, documents and program; and the records that were not used."""
    receipt = study.receipt
    rows: list[list[Cell]] = [
        ["封存", s["seal"], f"{s['year']} 年度，事实指纹 {s['facts']}"]
        for s in receipt["snapshots"]
    ]
    rows += [
        ["文件", d["number"], f"{d['title']}；核对：{d['checked']}"] for d in receipt["documents"]
    ]
    rows += [["程序", receipt["code_version"], f"代码与规则指纹 {receipt['code_sha256']}"]]
    rows += [
        ["没有采用", f"{i.commitment} {i.place} {i.measured_on or ''}".strip(), i.reason]
        for i in study.board.ignored
    ]
    return Listing(
        name="来源",
        title="来源与没有采用的记录",
        notes=[],
        headings=[Heading("类别", 10, "center"), Heading("名称", 34), Heading("内容", 96)],
        rows=rows,
        sticky=1,
    )
