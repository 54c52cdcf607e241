"""六 and the last page: who does what by when, to be written by hand; where it is signed and sealed."""

from junheng.publish.compliances import item_figures, label_of
from junheng.publish.word.grid import Column, table
from junheng.publish.word.markup import paragraph, run
from junheng.publish.word.paper import Paper
from junheng.studies import ComplianceStudy

BLANK = "\n\n\n\n负责人（签字）：　　　　　　　（盖章）\n　　年　　月　　日"
WHO = (
    "编制单位意见",
    "财政部门意见",
    "人力资源社会保障、机构编制部门意见",
    "自然资源和规划部门意见",
    "县级人民政府意见",
)


def duties(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("责任分工和进度")
    paper.lead("责任单位、完成时限由县里确定；方案只算到各项措施在所写的学年开始以前完成。")
    paper.table(
        "责任分工",
        [
            Column("措施", 52),
            Column("数量", 26, "right"),
            Column("责任单位和责任人", 44),
            Column("完成时限", 34),
        ],
        [
            [label_of(each), f"{each.amount:,}{each.unit}", None, None]
            for each in item_figures(study)
        ],
        empty="不需要任何措施",
    )


def signing(paper: Paper, study: ComplianceStudy) -> None:
    """The page for signatures and seals."""
    paper.add(paragraph(run("审签页"), "SheetTitle", "<w:pageBreakBefore/>"))
    paper.line(
        f"方案指纹 {study.certificate.plan[:16]}，事实指纹 {study.certificate.facts[:16]}；"
        "签字、盖章只对这一指纹的方案有效。", "Note",
    )  # fmt: skip
    columns = (Column("单位", 40, "center"), Column("意见", 116))
    paper.add(table(columns, [[who, BLANK] for who in WHO], points=12))
