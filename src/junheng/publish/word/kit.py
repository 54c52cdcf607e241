"""Which documents, under which names; each is written aside and renamed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError
from junheng.publish.word.alone import one_county
from junheng.publish.word.cards import cards
from junheng.publish.word.checklist import checklist, write_checklist_book
from junheng.publish.word.city import City
from junheng.publish.word.city_leader import city_leader_page
from junheng.publish.word.city_report import city_report
from junheng.publish.word.layout import heading_pages
from junheng.publish.word.leader import leader_page
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report import self_report
from junheng.studies import Study, TargetStudy, Years, place

Writer = Callable[[Path], object]
Content = Paper | bytes | Writer
Files = Iterator[tuple[str, Content]]
CITY = "city"


@dataclass(frozen=True)
class Order:
    """What is asked for beside the assessment itself."""

    kinds: tuple[str, ...]
    numbered: bool = False
    """Lay contents out with the word processor of this machine and fill their pages in."""
    years: Years | None = field(default=None, repr=False)
    targets: TargetStudy | None = field(default=None, repr=False)


def _self(study: Study, county: CountyVerdict) -> Files:
    yield "自评报告.docx", self_report(study, county)


def _list(study: Study, county: CountyVerdict) -> Files:
    yield "整改清单.docx", checklist(study, county)
    yield "整改清单.xlsx", lambda path: write_checklist_book(study, county, path)


def _cards(study: Study, county: CountyVerdict) -> Files:
    yield from cards(study, county)


def _leader(study: Study, county: CountyVerdict) -> Files:
    yield "领导一页.docx", leader_page(study, county)


MAKERS = {"self": _self, "list": _list, "cards": _cards, "leader": _leader}
KINDS = (CITY, *MAKERS)
"""监测报告, 自评报告, 整改清单, 学校成绩单, 领导一页."""


def write_documents(
    study: Study, out: Path, kinds: Sequence[str] = (), *,
    years: Years | None = None, targets: TargetStudy | None = None, numbered: bool = False,
) -> list[Path]:  # fmt: skip
    """Write the documents of these kinds (all where none is named) and return their paths.

    With several counties each has a folder of its own, named by its code and name; what concerns
    the city stands beside the folders. `years` and `targets` go into the report of the city;
    `numbered` fills the pages of contents in, by laying the documents out with LibreOffice where
    it is installed. Each file appears whole or not at all; the same study gives the same bytes.
    Raises MisuseError for an unknown kind, where the scheme judges no school, or where nothing but a
    report of the city is asked for one county.
    """
    order = Order(tuple(dict.fromkeys(kinds or KINDS)), numbered, years, targets)
    counties = study.assessment.counties
    _refuse(order.kinds, study)
    written = []
    if len(counties) > 1:
        city = City(study, years, targets)
        written += _placed(out, _of_city(city, order.kinds), numbered=numbered)
    for county in counties:
        folder = out / f"{county.code} {county.name}" if len(counties) > 1 else out
        alone = one_county(study, county)
        found = (
            file for kind in order.kinds if kind in MAKERS for file in MAKERS[kind](alone, county)
        )
        written += _placed(folder, found, numbered=numbered)
    return written


def _of_city(city: City, kinds: Sequence[str]) -> Files:
    if CITY in kinds:
        yield "监测报告.docx", city_report(city)
    if "leader" in kinds:
        yield "领导一页.docx", city_leader_page(city)


def _refuse(kinds: Sequence[str], study: Study) -> None:
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise MisuseError(f"没有名为“{'、'.join(unknown)}”的文件。可用：{'、'.join(KINDS)}。")
    counties = study.assessment.counties
    if not all(county.standard.judges_schools for county in counties):
        raise MisuseError("这个方案只评全县，不评学校，没有自评报告。请用方案 2017-quality。")
    if set(kinds) == {CITY} and len(counties) < 2:
        raise MisuseError(
            "监测报告写几个区县，这次封存只有一个区县。请写 --kind self，或把各区县一起封存。"
        )


def _placed(folder: Path, files: Files, *, numbered: bool) -> list[Path]:
    """Write the files into the folder; documents with contents are laid out together at the end."""
    written, papers = [], {}
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Paper):
            papers[path] = content
        place(path, _writer(content))
        written.append(path)
    if numbered:
        _number({path: paper for path, paper in papers.items() if paper.has_contents})
    return written


def _number(papers: dict[Path, Paper]) -> None:
    """Fill in the pages of the contents where the layout found exactly their headings."""
    found = heading_pages({str(path): path.read_bytes() for path in papers})
    for path, paper in papers.items():
        pages = found.get(str(path), [])
        if [title for title, _ in pages] == [title for _, title in paper.entries]:
            place(path, _writer(paper.packed([page for _, page in pages])))


def _writer(content: Content) -> Writer:
    if isinstance(content, Paper):
        return _writer(content.packed())
    return (lambda path: path.write_bytes(content)) if isinstance(content, bytes) else content
