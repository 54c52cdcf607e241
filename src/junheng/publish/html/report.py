"""报告.html: the page put together and written, aside and renamed."""

import html
from pathlib import Path

from junheng.diagnosis import CountyVerdict
from junheng.errors import MisuseError
from junheng.publish.html.boundaries import Shapes, read_boundaries
from junheng.publish.html.city import city_data, page_title
from junheng.publish.html.county import CountyData
from junheng.publish.html.embedding import as_block, page
from junheng.publish.html.targets import targets_data
from junheng.publish.html.years import YearsBook
from junheng.publish.wording import DEMONSTRATION, headline, is_demonstration
from junheng.studies import Study, TargetStudy, Years, place

FILE = "报告.html"


def write_report(
    years: Years,
    out: Path,
    *,
    boundaries: Path | None = None,
    targets: TargetStudy | None = None,
) -> Path:
    """Write 报告.html for the latest of `years` into `out` and return its path.

    `boundaries` is a GeoJSON file with the shapes of the counties; `targets` are those of the day,
    judged here where they are not given. Raises MisuseError where it
    cannot be read, or where the scheme judges no school. The same years give the same bytes.
    """
    shapes = read_boundaries(boundaries, _latest(years).assessment.counties) if boundaries else {}
    text = report_page(years, shapes, targets)
    out.mkdir(parents=True, exist_ok=True)
    place(out / FILE, lambda path: path.write_text(text, encoding="utf-8", newline="\n"))
    return out / FILE


def report_page(
    years: Years, shapes: Shapes | None = None, targets: TargetStudy | None = None
) -> str:
    """The page as text: code and data in it, no address outside it.

    Raises MisuseError where the scheme judges no school."""
    study = _latest(years)
    if not all(county.standard.judges_schools for county in study.assessment.counties):
        raise MisuseError("这个方案只评全县，不评学校，没有网页报告。请用方案 2017-quality。")
    counties = study.assessment.counties
    makers = CountyData(study, YearsBook(years))
    blocks = [as_block("data", city_data(study, years, shapes or {}))]
    blocks.append(as_block("targets", targets_data(years, study.assessment.on, targets)))
    blocks += [as_block(f"county-{each.code}", makers.of(each)) for each in counties]
    return page(page_title(study), _plain(study, counties), blocks)


def _latest(years: Years) -> Study:
    return years.studies[max(years.studies)]


def _plain(study: Study, counties: tuple[CountyVerdict, ...]) -> str:
    """What is read where no script runs: the conclusions."""
    told = "".join(f"<li>{html.escape(headline(county))}</li>" for county in counties)
    mark = DEMONSTRATION if any(map(is_demonstration, counties)) else ""
    return (
        f"<noscript><h1>{html.escape(page_title(study))}</h1><p>{html.escape(mark)}</p>"
        f"<p>评估日期{study.assessment.on}；事实指纹 {study.receipt.facts}。</p><ul>{told}</ul>"
        "<p>浏览器没有启用脚本，只显示结论。</p></noscript>"
    )
