"""条款, 规划参考, 政策承诺: schemes and documents, one page for each use."""

from collections.abc import Iterator

from junheng.standards import Document, Scheme, documents, schemes
from making.grids import CONFIDENCE, STAGES, grid
from making.rules import document_page

FOREWORD = (
    "要求写成数据（`src/junheng/standards/documents/`），一份文件一个 TOML；程序里没有限值。"
    "**我们没有见到下列文件的正式文本**：凡写“未核对”的条号、文号、日期，都不是编出来的数字，而是等待核对的空缺。"
    "来源代号（S2、G5 等）是本项目资料目录的编号。某地某天哪些有效：`junheng standards`，见[查要求](../howto/standards.md)。"
)


def page() -> Iterator[str]:
    """The schemes and the documents that they rest on."""
    yield from _opening("条款")
    for scheme in schemes().values():
        yield from _scheme(scheme)
    yield from _pages(_assessing())


def norms_page() -> Iterator[str]:
    """The documents of no scheme: norms for planning, policies of other years and places."""
    yield from _opening("规划参考")
    yield (
        "下列文件不决定评估结论，供规划和对照用。可信度为 L 的只记录在案，不能采用；"
        "外省外市的规定不约束本地，`junheng standards --diff-place` 可以拿来比。"
    )
    yield ""
    used = {d.name for d in _assessing()}
    yield from _pages([d for d in documents().values() if d.name not in used and not d.target])


def commitments_page() -> Iterator[str]:
    """The policies with their registers of commitments, ordered documents and mechanisms."""
    yield from _opening("政策承诺")
    yield from _pages([d for d in documents().values() if d.target])


def _opening(title: str) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    yield FOREWORD
    yield ""
    yield from grid(("置信字母", "含义"), ((f"**{k}**", v) for k, v in CONFIDENCE.items()))


def _assessing() -> list[Document]:
    names = dict.fromkeys(name for s in schemes().values() for name in s.documents)
    return [documents()[name] for name in names]


def _pages(listed: list[Document]) -> Iterator[str]:
    for document in listed:
        yield from document_page(document)


def _scheme(scheme: Scheme) -> Iterator[str]:
    yield f"## 方案 `{scheme.code}`：{scheme.title}"
    yield ""
    roles = "<br>".join(f"{role}：{code}" for role, code in scheme.roles.items())
    rows = (
        ("文件", "<br>".join(scheme.documents)),
        ("计算差异系数的指标", "、".join(scheme.indicators)),
        ("学段", "、".join(STAGES[s] for s in scheme.stages)),
        ("差异系数算法", f"`{scheme.variant}`：{scheme.variant_reason}"),
        ("条款的分工", roles),
    )
    yield from grid(("项目", "内容"), rows)
    lines = ((area.title, line.code, line.label) for area in scheme.area for line in area.line)
    yield from grid(("方面", "代码", "指标"), lines)
