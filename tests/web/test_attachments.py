"""Files: by their content, whole and on the disk before anything says so."""

from pathlib import Path

import pytest
from desk_cast import Cast
from django.conf import settings

from junheng.errors import RefusedError
from junheng.web.actions import attachments, cases
from junheng.web.models import Attachment, Event
from junheng.web.models.attachments import path_of
from junheng.web.roles import Role

PDF = b"%PDF-1.7 some paper"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def _left(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def test_a_file_lies_under_the_hash_of_its_content_once(tmp_path: Path) -> None:
    first = attachments.keep([PDF[:5], PDF[5:]], name="证书.pdf", allowed=("PDF",))
    again = attachments.keep([PDF], name="另一个名字.pdf", allowed=("PDF",))
    assert first == again
    assert path_of(first[0]).read_bytes() == PDF
    assert len(_left(tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "空.pdf", "空文件"),
        (b"MZ\x90\x00" * 40, "程序.pdf", "认不出的类型"),
        (b"<!doctype html><script>", "页.pdf", "网页"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "包.xlsx", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.xlsx", "旧版"),
    ],
)
def test_what_a_file_is_its_content_says(
    tmp_path: Path, content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        attachments.keep([content] if content else [], name=name, allowed=("PDF", "xlsx"))
    assert _left(tmp_path) == []


def test_a_file_that_is_too_large_is_dropped_before_it_fills_the_disk(tmp_path: Path) -> None:
    def chunks():
        yield PDF
        for _ in range(10):
            yield b"x" * 1000
        raise AssertionError("read on after the limit")

    with pytest.raises(RefusedError, match="超过"):
        attachments.keep(chunks(), name="大.pdf", allowed=("PDF",), largest=5000)
    assert _left(tmp_path) == []


def test_an_attachment_has_its_event_and_its_place(cast: Cast) -> None:
    school, clerk = cast.schools[0], cast.people[Role.SCHOOL_CLERK, "own"]
    case = cases.open_case(
        register="filings", subject=school, office=school, year=2026, state="待填报", by=None
    )
    sha256, size, kind = attachments.keep([PDF], name="证书.pdf", allowed=("PDF",))
    row = attachments.attach(
        case, purpose="GV1", name="证书.pdf", sha256=sha256, size=size, kind=kind, by=clerk
    )
    assert row.path.is_file()
    event = Event.objects.about(case).last()
    assert event.verb == "上传文件"
    assert sha256 in event.source
    for role, area in cast.people:
        user = cast.people[role, area]
        seen = row in Attachment.objects.visible_to(user)
        assert seen == (area == "own" and role not in (Role.ADMINISTRATOR, Role.DEPARTMENT)), (
            role,
            area,
        )
