"""Which documents, under which names; each is written aside and renamed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError
from junheng.publish.word.alone import each_alone
from junheng.publish.word.cards import UNLAWFUL_NAME, cards
from junheng.publish.word.checklist import checklist, write_checklist_book
from junheng.publish.word.city import City
from junheng.publish.word.city_leader import city_leader_page
from junheng.publish.word.city_report import city_report
from junheng.publish.word.evidence_book import write_evidence_book
from junheng.publish.word.evidence_index import evidence_index
from junheng.publish.word.form import Template, fields_of, filled, opened, own_template, read
from junheng.publish.word.layout import fill_pages
from junheng.publish.word.leader import leader_page
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report import self_report
from junheng.registry.workers import workers
from junheng.studies import Study, TargetStudy, Years, place

Writer = Callable[[Path], object]
Content = Paper | bytes | Writer
Files = Iterator[tuple[str, Content]]
REPORT_OF_CITY, REPORT = "监测报告.docx", "自评报告.docx"
WITH_CONTENTS = (REPORT_OF_CITY, REPORT)
CITY, TEMPLATE = "city", "template"
"""The report of all counties; the template of 申报表 that comes with us, written where asked for."""


@dataclass(frozen=True)
class Order:
    """What is asked for beside the assessment itself."""

    kinds: tuple[str, ...]
    template: Template | None = None
    """An officer's own for 申报表; None for the one that comes with us."""


def _self(study: Study, county: CountyVerdict, _: Order) -> Files:
    yield REPORT, self_report(study, county)


def _form(study: Study, county: CountyVerdict, order: Order) -> Files:
    template = order.template or read(own_template(), "自带模板")
    yield "申报表.docx", filled(template, fields_of(study, county))


def _index(study: Study, county: CountyVerdict, _: Order) -> Files:
    yield "佐证材料目录.docx", evidence_index(study, county)
    yield "佐证材料目录.xlsx", lambda path: write_evidence_book(study, county, path)


def _list(study: Study, county: CountyVerdict, _: Order) -> Files:
    yield "整改清单.docx", checklist(study, county)
    yield "整改清单.xlsx", lambda path: write_checklist_book(study, county, path)


def _cards(study: Study, county: CountyVerdict, _: Order) -> Files:
    yield from cards(study, county)


def _leader(study: Study, county: CountyVerdict, _: Order) -> Files:
    yield "领导一页.docx", leader_page(study, county)


def _template(_study: Study, _county: CountyVerdict, _order: Order) -> Files:
    yield "申报表模板.docx", own_template()


Maker = Callable[[Study, CountyVerdict, "Order"], Files]
MAKERS: dict[str, Maker] = {
    "self": _self, "form": _form, "list": _list, "index": _index, "cards": _cards,
    "leader": _leader, TEMPLATE: _template,
}  # fmt: skip
KINDS = (CITY, *(kind for kind in MAKERS if kind != TEMPLATE))
"""监测报告, 自评报告, 申报表, 整改清单, 佐证材料目录, 学校成绩单, 领导一页."""


def write_documents(
    study: Study, out: Path, kinds: Sequence[str] = (), *,
    years: Years | None = None, targets: TargetStudy | None = None,
    template: Path | None = None, numbered: bool = False, processes: int = 1,
) -> list[Path]:  # fmt: skip
    """Write the documents of these kinds (all where none is named) and return their paths.

    With several counties each has a folder of its own, named by its code and name; what concerns
    the city stands beside the folders. `years` and `targets` go into the report of the city;
    `template` is an officer's own for 申报表 (docs/howto/reports.md); `numbered` fills the pages of contents in, by laying the documents out with LibreOffice where
    it is installed; `processes` works on so many counties at once. Each file appears whole or not
    at all; the same study gives the same bytes. Raises MisuseError for an unknown kind, a template
    that asks for what there is not or lacks what must be there, where the
    scheme judges no school, or where nothing but a report of the city is asked for one county.
    """
    asked, counties = tuple(dict.fromkeys(kinds or KINDS)), study.assessment.counties
    _refuse(asked, study)
    order = Order(asked, None if template is None else opened(template))
    if len(counties) == 1:
        written = _of_county(study, out, order)
    else:
        written = _of_counties(City(study, years, targets), out, order, processes)
    if numbered:
        fill_pages([path for path in written if path.name in WITH_CONTENTS], processes)
    return written


def _of_counties(city: City, out: Path, order: Order, processes: int) -> list[Path]:
    """The documents of the city, and of each county in a folder of its own."""
    study, counties = city.study, city.counties
    folders = [out / folder_name(county) for county in counties]
    jobs = zip(each_alone(study), folders, strict=True)
    with _Workers(min(processes, len(counties))) as workers:
        waiting = [workers.submit(_of_county, alone, folder, order) for alone, folder in jobs]
        written = _placed(out, _of_city(city, order.kinds))
        return written + [path for each in waiting for path in each()]


def folder_name(county: CountyVerdict) -> str:
    """The folder of a county among those of its city."""
    return UNLAWFUL_NAME.sub("", f"{county.code} {county.name}")


class _Workers:
    """Processes that work while this one does; with one only, the work is done when asked for."""

    def __init__(self, processes: int) -> None:
        self.pool = workers(processes) if processes > 1 else None

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *raised: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)

    def submit(self, work: Callable[..., list[Path]], *told: Any) -> Callable[[], list[Path]]:
        if self.pool is None:
            return partial(work, *told)
        return self.pool.submit(work, *told).result


def _of_county(study: Study, folder: Path, order: Order) -> list[Path]:
    """The documents of the only county of a study."""
    (county,) = study.assessment.counties
    makers = (MAKERS[kind] for kind in order.kinds if kind in MAKERS)
    return _placed(folder, (file for make in makers for file in make(study, county, order)))


def _of_city(city: City, kinds: Sequence[str]) -> Files:
    if CITY in kinds:
        yield REPORT_OF_CITY, city_report(city)
    if "leader" in kinds:
        yield "领导一页.docx", city_leader_page(city)


def _refuse(kinds: Sequence[str], study: Study) -> None:
    unknown = [kind for kind in kinds if kind not in (*KINDS, TEMPLATE)]
    if unknown:
        raise MisuseError(f"没有名为“{'、'.join(unknown)}”的文件。可用：{'、'.join(KINDS)}。")
    counties = study.assessment.counties
    if not all(county.standard.judges_schools for county in counties):
        raise MisuseError("这个方案只评全县，不评学校，没有自评报告。请用方案 2017-quality。")
    if set(kinds) == {CITY} and len(counties) < 2:
        raise MisuseError(
            "监测报告写几个区县，这次封存只有一个区县。请写 --kind self，或把各区县一起封存。"
        )


def _placed(folder: Path, files: Files) -> list[Path]:
    """Write the files into the folder."""
    written = []
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        place(path, _writer(content))
        written.append(path)
    return written


def _writer(content: Content) -> Writer:
    if isinstance(content, Paper):
        return _writer(content.packed())
    return (lambda path: path.write_bytes(content)) if isinstance(content, bytes) else content
