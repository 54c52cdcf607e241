"""Which documents, under which names; each is written aside and renamed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError
from junheng.publish.word.cards import cards
from junheng.publish.word.checklist import checklist, write_checklist_book
from junheng.publish.word.leader import leader_page
from junheng.publish.word.self_report import self_report
from junheng.studies import Study, place

Writer = Callable[[Path], object]
Files = Iterator[tuple[str, Writer]]


def _self(study: Study, county: CountyVerdict) -> Files:
    yield "自评报告.docx", _holding(self_report(study, county))


def _list(study: Study, county: CountyVerdict) -> Files:
    yield "整改清单.docx", _holding(checklist(study, county))
    yield "整改清单.xlsx", lambda path: write_checklist_book(study, county, path)


def _cards(study: Study, county: CountyVerdict) -> Files:
    for name, content in cards(study, county):
        yield name, _holding(content)


def _leader(study: Study, county: CountyVerdict) -> Files:
    yield "领导一页.docx", _holding(leader_page(study, county))


MAKERS = {"self": _self, "list": _list, "cards": _cards, "leader": _leader}
KINDS = tuple(MAKERS)
"""自评报告, 整改清单, 学校成绩单, 领导一页."""


def write_documents(study: Study, out: Path, kinds: Sequence[str] = KINDS) -> list[Path]:
    """Write the documents of these kinds into `out` and return their paths.

    With several counties each has a folder of its own, named by its code and name. Each file
    appears whole or not at all; the same study gives the same bytes. Raises MisuseError for an
    unknown kind, or where the scheme judges no school.
    """
    unknown = [kind for kind in kinds if kind not in MAKERS]
    if unknown:
        raise MisuseError(f"没有名为“{'、'.join(unknown)}”的文件。可用：{'、'.join(KINDS)}。")
    counties = study.assessment.counties
    if not all(county.standard.judges_schools for county in counties):
        raise MisuseError("这个方案只评全县，不评学校，没有自评报告。请用方案 2017-quality。")
    written = []
    for county in counties:
        folder = out / f"{county.code} {county.name}" if len(counties) > 1 else out
        for kind in kinds:
            for name, write in MAKERS[kind](study, county):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                place(path, write)
                written.append(path)
    return written


def _holding(content: bytes) -> Writer:
    return lambda path: path.write_bytes(content)
