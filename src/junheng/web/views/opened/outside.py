"""What everybody may read, without signing in: conclusions that the city has published."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from junheng.errors import RefusedError
from junheng.web.access import open_to_all
from junheng.web.cells import Column, Value
from junheng.web.models import Publication
from junheng.web.models.publications import SUMS
from junheng.web.results.tones import verdict_cell
from junheng.web.tables import Table, answer
from junheng.web.views.opened.extract import ALL, STAGES

SHORT_TIME = "public, max-age=300"
"""Seconds that a cache may keep a file: what is withdrawn is gone soon."""
ALTERED = "“{}”的文件与公开时不同，被改动或损坏过。请系统管理员从备份恢复，或撤下后重新公开。"
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


@open_to_all
def listed(request: HttpRequest) -> HttpResponse:
    """The publications of today, the newest year first."""
    found = Publication.objects.open_on(timezone.localdate()).select_related("office", "run")
    shown = [
        (each, told_of_folder(each))
        for each in found.order_by("-run__year", "office__lineage", "-pk")
    ]
    return render(request, "desk/opened/listed.html", {"shown": shown})


@open_to_all
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One publication: its conclusion, its tables, its files with their hashes."""
    found = _open(pk)
    told = told_of_folder(found)
    context = {
        "publication": found, "told": told, "lines": lines_table(told), "spreads": spreads_table(told),
        "files": files_of_folder(found),
    }  # fmt: skip
    return answer(request, "desk/opened/one.html", counties_table(told), context)


@open_to_all
def file(_request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the files, as it was frozen."""
    found = _open(pk)
    told_of_folder(found)
    known = {each: told for each, _, told in files_of_folder(found)} | {SUMS: found.sha256}
    if name not in known:
        raise Http404
    content = (found.path / name).read_bytes()
    if sha256(content).hexdigest() != known[name]:
        raise RefusedError(ALTERED.format(found))
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = SHORT_TIME
    return response


def _open(pk: int) -> Publication:
    found = Publication.objects.open_on(timezone.localdate()).select_related("office", "run")
    one: Publication = get_object_or_404(found, pk=pk)
    return one


def told_of_folder(publication: Publication) -> dict[str, Any]:
    """What was frozen: not what a later run says.

    Raises RefusedError where the files are not there, or are not those that were published.
    """
    folder = publication.path
    try:
        sums, content = (folder / SUMS).read_bytes(), (folder / ALL).read_bytes()
    except OSError:
        raise RefusedError(
            f"“{publication}”的文件不在数据文件夹里。请系统管理员从备份恢复 published 文件夹。"
        ) from None
    line = f"{sha256(content).hexdigest()}  {ALL}\n".encode()
    if sha256(sums).hexdigest() != publication.sha256 or line not in sums:
        raise RefusedError(ALTERED.format(publication))
    told: dict[str, Any] = json.loads(content)
    return told


def files_of_folder(publication: Publication) -> list[tuple[str, int, str]]:
    """(name, bytes, SHA-256) of each file."""
    lines = (publication.path / SUMS).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    return [(name, (publication.path / name).stat().st_size, told) for told, name in pairs]


def counties_table(told: dict[str, Any]) -> Table:
    columns = [
        Column("区县", sticky=True), Column("结论"), *(Column(title, above="各方面") for title in told["areas"]),
        Column("参加计算的学校", number=True), Column("未达标学校", number=True), Column("缺报学校", number=True),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [c["name"], verdict_cell(c["verdict"]), *map(verdict_cell, c["areas"]), c["schools"], c["failing"], c["missing"]]
        for c in told["counties"]
    ]  # fmt: skip
    return Table("各区县的结论", columns, rows)


def lines_table(told: dict[str, Any]) -> Table:
    """Lines × counties."""
    counties = told["counties"]
    columns = [Column("要求", sticky=True, wide=True), *(Column(c["name"]) for c in counties)]
    rows: list[list[Value]] = [
        [f"{code} {label}", *(verdict_cell(c["lines"][n][2]) for c in counties)]
        for n, (code, label, _) in enumerate(counties[0]["lines"])
    ]
    return Table("各项要求的结论", columns, rows, key="lines")


def spreads_table(told: dict[str, Any]) -> Table:
    columns = [
        Column("区县", sticky=True), Column("学段"), Column("指标"), Column("差异系数", number=True),
        Column("限值", number=True, note="不大于"), Column("结论"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [c["name"], STAGES.get(stage, stage), code, cv, limit, verdict_cell(verdict)]
        for c in told["counties"]
        for stage, code, cv, limit, verdict in c["spreads"]
    ]
    return Table("校际差异系数", columns, rows, key="spreads")
