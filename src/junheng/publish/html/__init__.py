"""网页报告: one offline HTML file a study, with everything from the city down to the cell."""

from junheng.publish.html.report import FILE, report_page, write_report

__all__ = ["FILE", "report_page", "write_report"]
