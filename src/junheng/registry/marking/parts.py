"""A workbook package being changed: what is not touched goes through byte for byte."""

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from junheng.registry.reading.sandbox.package import TOO_BIG, Package, damaged
from junheng.registry.reading.sandbox.wire import Limits, Refused

TREE_BYTES = 32 << 20
"""A part that is parsed as a whole may be no bigger."""
CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Stands for the clock in the archive: same input, same bytes."""


class Parts:
    """The parts of one archive by path. Reading raises Refused where the archive would do harm."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._source = Package(archive, limits)
        self._order = [n for n in dict.fromkeys(archive.namelist()) if not n.endswith("/")]
        self._spelt = {_folded(name): name for name in self._order}
        self._changed: dict[str, bytes] = {}
        self.workbook = self._source.workbook

    def has(self, part: str) -> bool:
        return _folded(part) in self._spelt

    def read(self, part: str) -> bytes:
        name = self._spelt.get(_folded(part), part)
        if name in self._changed:
            return self._changed[name]
        return b"".join(self._source.chunks(name))

    def tree(self, part: str) -> Any:
        """The root element of a part."""
        return parsed(self.read(part), part)

    def put(self, part: str, content: bytes) -> None:
        name = self._spelt.setdefault(_folded(part), part)
        if name not in self._order:
            self._order.append(name)
        self._changed[name] = content

    def put_tree(self, part: str, root: Any) -> None:
        self.put(part, serialised(root))

    def new_name(self, pattern: str) -> str:
        """The first free part name, such as `xl/comments{}.xml` with a number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part inside the package: id → (last word of the type, target path)."""
        beside = _relations_of(part)
        if not self.has(beside):
            return {}
        folder = posixpath.dirname(part)
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
            )
            for each in self.tree(beside)
            if isinstance(each.tag, str) and each.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> str | None:
        """Path of the first part that `part` relates to as `kind`, if it is there."""
        found = (path for name, path in self.relations(part).values() if name == kind)
        return next((path for path in found if self.has(path)), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation of full type `kind` and return its id."""
        beside = _relations_of(part)
        if self.has(beside):
            root = self.tree(beside)
        else:
            root = etree.Element(
                f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap={None: PACKAGE_RELATIONS}
            )
        taken = {each.get("Id") for each in root}
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(
            root,
            f"{{{PACKAGE_RELATIONS}}}Relationship",
            {
                "Id": name,
                "Type": kind,
                "Target": posixpath.relpath(target, posixpath.dirname(part)),
            },
        )
        self.put_tree(beside, root)
        return name

    def declare(self, part: str, content_type: str) -> None:
        """State the content type of a new part."""
        root = self.tree(CONTENT_TYPES)
        wanted = {"PartName": f"/{part}", "ContentType": content_type}
        if not any(each.get("PartName") == wanted["PartName"] for each in root):
            etree.SubElement(root, f"{{{TYPES}}}Override", wanted)
            self.put_tree(CONTENT_TYPES, root)

    def save(self) -> bytes:
        """The whole archive."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._order:
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, self.read(name))
        return whole.getvalue()


def parsed(content: bytes, part: str, *, forgiving: bool = False) -> Any:
    """Parse a part without network, entities or DTD; `forgiving` for the loose XML of drawings.

    Raises Refused where it is too big or no XML.
    """
    if len(content) > TREE_BYTES:
        found = f"{part} 有 {len(content) >> 20} MB，多半是样式或批注过多，无法标注"
        raise Refused("S07", found, TOO_BIG)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=forgiving
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(f"{part} 不是合格的 XML") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise damaged(f"{part} 不是合格的 XML")
    return root


def serialised(root: Any) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
