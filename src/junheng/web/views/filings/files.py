"""Files of a return: the prefilled template, what was handed in, and the marked workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.http import HttpResponse

from junheng.errors import RefusedError
from junheng.registry.marking import mark
from junheng.registry.template import write_one_template
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.exporting import XLSX
from junheng.web.models import Case
from junheng.web.models.attachments import path_of
from junheng.web.roles import Permission
from junheng.web.views.filings.fetching import FILE, case_of, to_file


@needs(*FILE)
def template(request: DeskRequest, pk: int) -> HttpResponse:
    """The workbook to fill in, with what is known from last year and the school's own rows."""
    case = to_file(request, pk)
    owner = filings.owner_of(case)
    last = next((f for f in filings.last_of(owner, case.year) if f.year == case.year - 1), None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_one_template(
            path, school=owner.school, county_name=owner.county_name, year=case.year, facts=last,
            known=filings.naming_of(case),
        )  # fmt: skip
        return as_file(path.read_bytes(), f"{owner.code}{owner.name}{case.year}填报表.xlsx")


@needs(Permission.SEE_CASES)
def workbook(request: DeskRequest, pk: int) -> HttpResponse:
    """What was last handed in, byte for byte."""
    case = case_of(request, pk)
    held = _held(case)
    return as_file(path_of(held["sha256"]).read_bytes(), held["name"])


@needs(Permission.SEE_CASES)
def marked(request: DeskRequest, pk: int) -> HttpResponse:
    """The same workbook with every wrong cell coloured and the reason beside it."""
    case = case_of(request, pk)
    held = _held(case)
    found = filings.return_of(case)
    assert found is not None
    with TemporaryDirectory() as folder:
        out = Path(folder) / "marked.xlsx"
        mark(path_of(held["sha256"]), found.findings, out, name=held["name"])
        return as_file(out.read_bytes(), f"{Path(held['name']).stem}-标注.xlsx")


def _held(case: Case) -> dict[str, str]:
    held: dict[str, str] | None = case.data.get("file")
    if held is None:
        raise RefusedError("还没有交工作簿，没有可以下载的文件。请先下载模板填写，或在页面上填写。")
    return held


def as_file(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    """A download under a Chinese name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
