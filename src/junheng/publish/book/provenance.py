"""数据来源与凭据, 异常说明, 未核验: from which files, under whose hand, by which code."""

from collections.abc import Iterator

from junheng.diagnosis import Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.wording import variant_label
from junheng.registry import EXPLAINED, tables
from junheng.registry.facts import facts_unit
from junheng.studies import Study
from junheng.years import SchoolYear


def provenance(study: Study) -> Listing:
    """The receipt and the seal, one fact a row, then one row a source file."""
    return Listing(
        name="数据来源与凭据",
        title="数据来源与凭据",
        notes=[
            "同样的事实、规则、选项和程序，得出的结果册逐字节相同；任何人可以据此重算核对。",
            "“文件校验码”是文件内容的摘要：文件改动一个字，校验码就不同。",
        ],
        headings=[Heading("类别", 14, "center"), Heading("项目", 30), Heading("内容", 78)],
        rows=[*_receipt(study), *_seal(study), *_sources(study)],
        sticky=2,
    )


def _receipt(study: Study) -> Iterator[list[Cell]]:
    receipt = study.receipt
    counties = study.assessment.counties
    yield ["评估", "学年", str(SchoolYear(receipt.year))]
    yield ["评估", "评估日期", receipt.on.isoformat()]
    if counties:
        standard = counties[0].standard
        yield ["评估", "评估方案", standard.scheme.title]
        yield ["评估", "差异系数算法", variant_label(standard)]
    yield ["评估", "启用的例外", "、".join(receipt.relaxations) or "无"]
    yield ["评估", "用到的条款", f"{len(receipt.clauses)}条，见“规则与条款”"]
    yield ["凭据", "事实指纹", receipt.facts]
    yield ["凭据", "封存编号", receipt.seal]
    yield ["凭据", "程序版本", receipt.code_version]
    yield ["凭据", "程序校验码", receipt.code_sha256]


def _seal(study: Study) -> Iterator[list[Cell]]:
    seal = study.snapshot.seal
    yield ["封存", "封存人", str(seal.get("by") or "")]
    yield ["封存", "封存日期", str(seal.get("on") or "")]
    yield ["封存", "填报表版本", str(seal.get("template") or "没有记录")]
    for level, count in seal.get("findings", {}).items():
        yield ["封存", f"校验发现：{level}", f"{count}处"]
    yield ["封存", "缺报学校", f"{len(seal.get('missing_schools', []))}所"]
    yield ["封存", "未核验的检查", f"{len(seal.get('unverified', []))}项，见“未核验检查”"]


def _sources(study: Study) -> Iterator[list[Cell]]:
    for source in study.snapshot.seal.get("sources", []):
        yield ["来源文件", f"{source['file']}（{source['bytes']:,}字节）", source["sha256"]]


# --- what travelled with the values ------------------------------------------------------------


def explanations(study: Study) -> Listing:
    """One row a 异常说明 that was filed beside a value."""
    return Listing(
        name="异常说明",
        title="异常说明：填报时随数值一并说明的情况",
        notes=["这些数值经填报单位说明属实，按填报值参加计算。"],
        headings=[
            Heading("表", 16),
            Heading("学校（区县）代码", 13, "center"),
            Heading("学校（区县）名称", 30),
            Heading("项目", 32),
            Heading("填报值", 14),
            Heading("异常说明", 50),
        ],
        rows=list(_explained(study)),
        sticky=3,
        empty="没有异常说明",
    )


def _explained(study: Study) -> Iterator[list[Cell]]:
    facts = study.snapshot.facts
    names = dict(facts["schools"].select("school_code", "school_name").iter_rows())
    names |= dict(facts["county"].select("county_code", "county_name").iter_rows())
    held = {
        name: {
            "|".join(str(row[k]) for k in tables()[name].key): row
            for row in frame.iter_rows(named=True)
        }
        for name, frame in facts.frames.items()
    }
    for table, key, column, mark, text in facts.marks.iter_rows():
        if mark == EXPLAINED:
            declared = tables()[table].columns()[column]
            value = held[table].get(key, {}).get(column)
            shown = "未填报" if value is None else f"{value}{facts_unit(declared)}"
            yield [tables()[table].label, key, names.get(key, ""), declared.label, shown, text]


def unverified(study: Study) -> Listing:
    """One row a check that could not run, and one for what stayed open in this book."""
    rows: list[list[Cell]] = [
        [check, reason] for check, reason in study.snapshot.seal.get("unverified", [])
    ]
    open_ = sum(part.verdict is Verdict.NO_DATA for part in study.assessment.parts)
    notes = ["现有材料不足、没有执行的检查。它们不表示数据有错，也不表示数据无误。"]
    if open_:
        notes.append(f"另有{open_}个学段部因缺数据没有结论，见“学校指标矩阵”。")
    return Listing(
        name="未核验检查",
        title="未核验检查",
        notes=notes,
        headings=[Heading("检查代号", 12, "center"), Heading("没有执行的原因", 100)],
        rows=rows,
        sticky=1,
        empty="全部检查都已执行",
    )
