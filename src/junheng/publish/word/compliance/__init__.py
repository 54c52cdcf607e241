"""达标方案 as a Word document."""

from junheng.publish.word.compliance.writing import compliance_paper

__all__ = ["compliance_paper"]
