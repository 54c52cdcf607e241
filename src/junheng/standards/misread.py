"""A TOML file that does not fit its form: every fault with its key and what is asked, in Chinese."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import tomli

from junheng.errors import DeclarationError

T = TypeVar("T")
TYPES = {
    "str": "文字（加引号）",
    "int": "整数",
    "bool": "true 或 false",
    "date": "日期（如 2026-03-31，不加引号）",
    "array": "列表",
    "object": "一段（键与值）",
    "float": "小数",
    "null": "空",
}
SENTENCES = (
    (r"Object contains unknown field `(.+?)`", "不认识的键 {}"),
    (r"Object missing required field `(.+?)`", "缺少必填的键 {}"),
    (r"Invalid enum value '?(.*?)'?$", "不能写“{}”，不在可用的写法之内"),
    (r"Expected `str` matching regex .*", '应为不带正负号的数，写成加引号的文字，如 "4.2"'),
    (r"Expected `(.+?)`, got `(.+?)`", "应为{}，写的是{}"),
    (r"Expected `(.+?)`.*", "应为{}"),
    (r"Invalid (?:RFC3339|ISO8601).*", "应为日期（如 2026-03-31，不加引号）"),
)
PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(.*?)`$")
LINE = re.compile(r"at line (\d+), column (\d+)")


def read(text: str, kind: type[T], *, file: str, mend: str = "请对照文档修改该文件。") -> T:
    """The file as `kind`; raises DeclarationError that names each section that does not fit."""
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise DeclarationError(file, "内容", _syntax(str(error)), mend) from error
    except (RecursionError, ValueError) as error:  # brackets without end, digits without end
        raise DeclarationError(file, "内容", "嵌套太深，或有极长的数", mend) from error
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        faults = [(file, *each) for each in _faults(raw, kind)] or [(file, *_told(str(error)))]
        raise DeclarationError.of_all(faults, mend) from error


def _faults(raw: dict[str, Any], kind: type) -> Iterator[tuple[str, str]]:
    """(key, what was found): of the file's own keys first, then one of each section."""
    hints = get_type_hints(kind)
    sections = {
        key: value
        for key, value in raw.items()
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    }
    yield from _fault({**raw, **{key: [] for key in sections.keys() & hints.keys()}}, kind, "")
    for name, listed in sections.items():
        of_one = next(iter(get_args(hints.get(name))), None)
        for number, each in enumerate(listed if of_one else [], start=1):
            code = each.get("code")
            where = f"{name} code = {code}" if code else f"第{number}段 [[{name}]]"
            yield from _fault(each, of_one, f"{where} ")


def _fault(raw: Any, kind: Any, where: str) -> Iterator[tuple[str, str]]:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        key, found = _told(str(error))
        yield f"{where}{key}".strip() or "内容", found


def _told(message: str) -> tuple[str, str]:
    """The key and the sentence for one message of the library."""
    place = PLACE.search(message)
    said = PLACE.sub("", message)
    key = place.group(1) if place else ""
    for pattern, sentence in SENTENCES:
        found = re.fullmatch(pattern, said)
        if found:
            return key, sentence.format(*(_word(each) for each in found.groups()))
    return key or "内容", "写法不对"


def _word(said: str) -> str:
    return "或".join(TYPES.get(each, each) for each in said.split(" | "))


def _syntax(message: str) -> str:
    place = LINE.search(message)
    where = f"第{place.group(1)}行第{place.group(2)}个字符附近" if place else "文件末尾"
    return f"不是合格的 TOML：{where}写法不对（引号、方括号、等号是否成对）"
