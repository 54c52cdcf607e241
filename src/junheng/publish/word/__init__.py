"""Word documents: 自评报告, 整改清单, 学校成绩单, 领导一页."""

from junheng.publish.word.kit import KINDS, write_documents

__all__ = ["KINDS", "write_documents"]
