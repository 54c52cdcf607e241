"""What a file is by its content; its name alone proves nothing."""

import re

_SIGNS = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office（.xls、.doc）"),
    (b"OFDR", "OFD"),
)
_INSIDE = ((b"xl/", "xlsx"), (b"word/", "docx"), (b"OFD.xml", "OFD"))
TEXT_NAMES = (".csv", ".txt")
EVIDENCE = ("PDF", "JPEG", "PNG", "docx", "xlsx", "OFD")
"""What may prove something 佐证材料."""


def kind_of(head: bytes, name: str) -> str:
    """xlsx, docx, PDF, JPEG, PNG, OFD, CSV, 压缩包 …; "" where the content tells nothing.

    `head` is the beginning of the content; of an Office file the first parts are named in it.
    """
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _office(head, name)
    if re.match(rb"\s*<(!doctype|html|\?xml|script)", head, re.IGNORECASE):
        return "网页"
    if name.lower().endswith(TEXT_NAMES) and b"\0" not in head:
        return "CSV"
    return ""


def _office(head: bytes, name: str) -> str:
    """A package of Office: by the parts that its beginning names, else by its first part and name."""
    for sign, kind in _INSIDE:
        if sign in head:
            return kind
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        return {".xlsx": "xlsx", ".docx": "docx"}.get(name.lower()[-5:], "压缩包")
    return "压缩包"
