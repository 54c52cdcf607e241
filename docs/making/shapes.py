"""JSON 的形状: from the JSON Schema beside the code that writes it."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from making.grids import grid

NAMES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "真假",
    "null": "空",
    "object": "对象",
}


def page() -> Iterator[str]:
    text = files("junheng.studies").joinpath("assessment.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    yield "# JSON 的形状"
    yield ""
    yield (
        "`junheng assess … --json` 打印的内容，与结果文件夹里的 `assessment.json` 相同。"
        "完整的 JSON Schema 是 `src/junheng/studies/assessment.schema.json`；下表由它生成。"
        "精确的数一律写成文字：`exact` 是分数，`value` 是它四舍五入到六位、供阅读的小数。"
    )
    yield ""
    yield "## 最外层"
    yield ""
    yield from grid(("名称", "类型", "必有", "说明"), _properties(schema))
    for name, part in schema.get("$defs", {}).items():
        yield f"## {name} {{#{name}}}"
        yield ""
        if part.get("description"):
            yield part["description"]
            yield ""
        if "properties" in part:
            yield from grid(("名称", "类型", "必有", "说明"), _properties(part))
        else:
            yield f"类型：{_type(part)}" + (
                f"，形如 `{part['pattern']}`" if "pattern" in part else ""
            )
            yield ""


def _properties(part: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    needed = part.get("required", ())
    for name, each in part.get("properties", {}).items():
        kind, told = _type(each), each.get("description", "")
        yield (f"`{name}`", kind, "是" if name in needed else "", told)


def _type(each: dict[str, Any]) -> str:
    """What a property holds, in words."""
    if "$ref" in each:
        name = each["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name})"
    if "const" in each:
        return f"固定为“{each['const']}”"
    if "enum" in each:
        return "、".join(str(value) for value in each["enum"])
    choices = each.get("anyOf") or each.get("oneOf")
    return " 或 ".join(_type(one) for one in choices) if choices else _plain(each)


def _plain(each: dict[str, Any]) -> str:
    kind = each.get("type", "object")
    if kind == "array":
        return f"列表：{_type(each.get('items', {}))}"
    return " 或 ".join(NAMES[one] for one in ([kind] if isinstance(kind, str) else kind))
