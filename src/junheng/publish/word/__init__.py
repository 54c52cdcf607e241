"""Word documents: 自评报告, 整改清单, 学校成绩单, 领导一页.

Not offered by `junheng.publish` itself: python-docx takes a quarter of a second to load.
"""

from junheng.publish.word.kit import CITY, KINDS, TEMPLATE, write_documents

__all__ = ["CITY", "KINDS", "TEMPLATE", "write_documents"]
