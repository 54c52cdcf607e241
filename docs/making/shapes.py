"""JSON 的形状: from the JSON Schema beside the code that writes it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
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
HEADINGS = ("名称", "类型", "必有", "说明")


@dataclass(frozen=True)
class Shape:
    """One JSON Schema and what is said above it."""

    name: str
    """Begins the anchors of its parts, which another schema may name alike."""
    package: str
    title: str
    told: str


SHAPES = (
    Shape("assessment", "studies", "评估结果", "`junheng assess … --json` 打印的内容，与结果文件夹里的 `assessment.json` 相同。"),
    Shape("findings", "publish", "校验结果", "`junheng check … --json` 打印的内容。"),
    Shape("years", "studies", "历年", "`junheng years … --json` 打印的内容。"),
    Shape("screening", "studies", "数据筛查", "`junheng screen … --json` 打印的内容。"),
    Shape("balance", "studies", "市域均衡", "`junheng balance … --json` 打印的内容，与结果文件夹里的 `balance.json` 相同。没有国家限值，只说明情况，不作结论。"),
    Shape("targets", "studies", "政策目标", "`junheng targets … --json` 打印的内容。"),
    Shape("class_size", "studies", "班额方案", "`junheng plan class-size … --json` 打印的内容。"),
    Shape("compliance", "studies", "达标方案", "`junheng plan comply … -o 文件夹` 写出的 `方案.json`；`junheng plan check` 按同样的形状读它，多一栏、少一栏、越出范围都不接受。"),
    Shape("store", "publish", "封存库核对", "`junheng store verify … --json` 打印的内容。"),
)  # fmt: skip


def page() -> Iterator[str]:
    yield "# JSON 的形状"
    yield ""
    yield (
        "精确的数一律写成文字：`exact` 是分数，`value` 是它四舍五入到六位、供阅读的小数。"
        "没有数的地方是 null，不是 0。"
    )
    yield ""
    for shape in SHAPES:
        yield from _shape(shape)


def _shape(shape: Shape) -> Iterator[str]:
    file = f"{shape.name}.schema.json"
    schema = json.loads(
        files(f"junheng.{shape.package}").joinpath(file).read_text(encoding="utf-8")
    )
    yield f"## {shape.title} {{#{shape.name}}}"
    yield ""
    yield f"{shape.told}完整的 JSON Schema 是 `src/junheng/{shape.package}/{file}`；下表由它生成。"
    yield ""
    yield from grid(HEADINGS, _properties(schema, shape.name))
    for name, part in schema.get("$defs", {}).items():
        yield f"### {shape.title}：{name} {{#{shape.name}-{name}}}"
        yield ""
        if part.get("description"):
            yield part["description"]
            yield ""
        if "properties" in part:
            yield from grid(HEADINGS, _properties(part, shape.name))
        else:
            form = f"，形如 `{part['pattern']}`" if "pattern" in part else ""
            yield f"类型：{_type(part, shape.name)}{form}"
            yield ""


def _properties(part: dict[str, Any], shape: str) -> Iterator[tuple[object, ...]]:
    needed = part.get("required", ())
    for name, each in part.get("properties", {}).items():
        kind, told = _type(each, shape), each.get("description", "")
        yield (f"`{name}`", kind, "是" if name in needed else "", told)


def _type(each: dict[str, Any], shape: str) -> str:
    """What a property holds, in words."""
    if "$ref" in each:
        name = each["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{shape}-{name})"
    if "const" in each:
        return f"固定为“{each['const']}”"
    if "enum" in each:
        return "、".join(str(value) for value in each["enum"])
    choices = each.get("anyOf") or each.get("oneOf")
    return " 或 ".join(_type(one, shape) for one in choices) if choices else _plain(each, shape)


def _plain(each: dict[str, Any], shape: str) -> str:
    kind = each.get("type", "object")
    if kind == "array":
        return f"列表：{_type(each.get('items', {}), shape)}"
    return " 或 ".join(NAMES[one] for one in ([kind] if isinstance(kind, str) else kind))
