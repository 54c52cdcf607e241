"""达标方案.html: the compliance plan as one offline page."""

from junheng.publish.html.compliance.page import compliance_page

__all__ = ["compliance_page"]
