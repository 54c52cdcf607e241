"""Filling a Word template: {{区县名称}} in text, {{指标.代码}} in a table row that is repeated."""

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from lxml import etree

from junheng.errors import MisuseError
from junheng.publish.word.form.fields import LISTS, MEANINGS, MUST, Fields
from junheng.publish.word.frame import zipped
from junheng.publish.word.markup import UNLAWFUL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
COMMAND = re.compile(rb'(?i)(?:instrText[^>]*>|instr=")[^<"]*\bDDE(?:AUTO)?\b')
"""A field that starts another program."""
LARGEST = 64 << 20
"""Bytes of all parts unpacked; a form is far smaller."""
MOST_TOLD = 10


@dataclass(frozen=True)
class Template:
    """A Word file with placeholders that are all known."""

    name: str
    others: dict[str, bytes]
    parts: dict[str, bytes]
    """The parts that hold text."""


def opened(path: Path) -> Template:
    """Read an officer's template. Raises MisuseError where it is no Word file, where it asks for
    what there is not, or leaves out what every form must say; all faults at once."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MisuseError(f"读不了模板“{path}”：{error.strerror}。请核对路径。") from None
    return read(content, path.name)


def read(content: bytes, name: str) -> Template:
    """The same from the bytes of a file."""
    parts = _unpacked(content, name)
    told = {key: value for key, value in parts.items() if PARTS.fullmatch(key)}
    template = Template(name, {k: v for k, v in parts.items() if k not in told}, told)
    faults = list(_faults(template))
    if faults:
        rest = len(faults) - MOST_TOLD
        more = [f"另有{rest}处"] if rest > 0 else []
        raise MisuseError(f"模板“{name}”不能用：{'；'.join([*faults[:MOST_TOLD], *more])}。")
    return template


def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    wrong = MisuseError(f"“{name}”不是 Word 文件（.docx）。旧的 .doc 请另存为 .docx 再用。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(each.file_size for each in package.infolist()) > LARGEST:
                raise MisuseError(f"模板“{name}”展开后超过{LARGEST >> 20}兆，请换一份小的。")
            parts = {each: package.read(each) for each in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError):
        raise wrong from None
    if "word/document.xml" not in parts:
        raise wrong
    _refuse_code(parts, name)
    return parts


def _refuse_code(parts: Mapping[str, bytes], name: str) -> None:
    """What a template holds goes into every form made from it: no program, no foreign command."""
    if any(each.lower().endswith(("vbaproject.bin", "vbadata.xml")) for each in parts):
        raise MisuseError(f"模板“{name}”里有宏（程序代码），不能用。请另存为不带宏的 .docx。")
    if any(".." in each.replace("\\", "/").split("/") for each in parts):
        raise MisuseError(
            f"模板“{name}”里有指到文件以外的路径，不能用。请用 Word 或 WPS 另存一份。"
        )
    for part, content in parts.items():
        if PARTS.fullmatch(part) and COMMAND.search(content):
            raise MisuseError(
                f"模板“{name}”的 {part} 里有 DDE 域，会运行别的程序，不能用。请删去这个域。"
            )


def _faults(template: Template) -> Iterator[str]:
    """Each placeholder that is not known, with the nearest that is; each that must be there."""
    asked: list[str] = []
    for part, content in template.parts.items():
        for paragraph in _parsed(content, template.name, part).iter(f"{W}p"):
            asked += PLACE.findall(_text(paragraph))
    known = [*MEANINGS, *(f"{name}.{column}" for name, held in LISTS.items() for column in held)]
    for each in dict.fromkeys(asked):
        if each not in known:
            near = get_close_matches(each, known, n=1, cutoff=0.4)
            hint = f"，是不是“{{{{{near[0]}}}}}”" if near else ""
            yield f"没有名为“{{{{{each}}}}}”的占位符{hint}"
    for each, why in MUST.items():
        if each not in asked:
            yield f"缺少占位符“{{{{{each}}}}}”，{why}"


def _parsed(content: bytes, name: str, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise MisuseError(
            f"模板“{name}”损坏，读不了其中的 {part}。请用 Word 或 WPS 重新保存。"
        ) from None


# --- filling -----------------------------------------------------------------------------------


def filled(template: Template, fields: Fields) -> bytes:
    """The Word file with every placeholder replaced."""
    parts = dict(template.others)
    for part, content in template.parts.items():
        root = _parsed(content, template.name, part)
        for row in list(root.iter(f"{W}tr")):
            _repeat(row, fields)
        for paragraph in root.iter(f"{W}p"):
            _replace(paragraph, fields.single)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(list(parts.items()))


def _repeat(row: etree._Element, fields: Fields) -> None:
    """A row that asks for a list becomes one row an entry; none where the list is empty."""
    if next(row.iterdescendants(f"{W}tr"), None) is not None:
        return
    asked = {each.partition(".")[0] for each in PLACE.findall(_text(row)) if "." in each}
    name = next((each for each in LISTS if each in asked), None)
    if name is None:
        return
    parent = row.getparent()
    for entry in fields.lists[name]:
        made = copy.deepcopy(row)
        parent.insert(parent.index(row), made)
        told = {f"{name}.{column}": text for column, text in entry.items()}
        for paragraph in made.iter(f"{W}p"):
            _replace(paragraph, told)
    parent.remove(row)


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def _replace(paragraph: etree._Element, told: Mapping[str, str]) -> None:
    """Put words in the place of placeholders, though Word has torn them into several runs.

    The words take the look of the run in which the placeholder begins."""
    texts = [each for each in paragraph.iter(f"{W}t") if each.getparent().tag == f"{W}r"]
    whole = "".join(each.text or "" for each in texts)
    for found in reversed(list(PLACE.finditer(whole))):
        if found.group(1) in told:
            _put(texts, found.start(), found.end(), told[found.group(1)])


def _put(texts: list[etree._Element], start: int, end: int, told: str) -> None:
    """Replace the characters from `start` to `end` of the texts together."""
    at, words = 0, UNLAWFUL.sub("", told)
    for each in texts:
        held = each.text or ""
        first, last = max(start - at, 0), min(end - at, len(held))
        if first < last:
            each.text = held[:first] + words + held[last:]
            each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words = ""
        at += len(held)
