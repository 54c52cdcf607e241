"""The page of a plan put together: the data of the study, the program, what is read without it."""

import html

from junheng.publish.compliance_proof import warnings
from junheng.publish.compliances import headline, proof
from junheng.publish.html.compliance.data import page_data, page_title
from junheng.publish.html.embedding import as_block, page
from junheng.studies import ComplianceStudy

SCRIPTS = (
    "dom.js",
    "address.js",
    "plan/store.js",
    "words.js",
    "table.js",
    "svg.js",
    "plan/frontier.js",
    "plan/actions.js",
    "plan/money.js",
    "plan/matrix.js",
    "plan/proof.js",
    "plan/summary.js",
    "plan/router.js",
    "start.js",
)
"""In the order in which they must run."""


def compliance_page(study: ComplianceStudy) -> str:
    """The page as text: code and data in it, no address outside it. The same study, the same bytes."""
    blocks = [as_block("data", page_data(study))]
    return page(page_title(study), _plain(study), blocks, SCRIPTS)


def _plain(study: ComplianceStudy) -> str:
    """What is read where no script runs: warnings, conclusion, proof."""
    told = "".join(f"<p>{html.escape(each)}</p>" for each in (*warnings(study), headline(study)))
    listed = "".join(f"<li>{html.escape(each)}</li>" for each in proof(study))
    return (
        f"<noscript><h1>{html.escape(page_title(study))}</h1>{told}<ul>{listed}</ul>"
        "<p>浏览器没有启用脚本，只显示结论。</p></noscript>"
    )
