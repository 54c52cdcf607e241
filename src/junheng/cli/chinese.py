"""The words that the command-line library itself says, in Chinese.

Help texts are the library's, with its fixed English headings replaced; usage errors are told anew
by their kind. Both lists are complete for the library's plain (not Rich) output.
"""

import re
from itertools import groupby, pairwise
from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperCommand, TyperGroup

from junheng.cli.as_written import take_as_written

HEADINGS = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "[required]": "[必填]",
    "; required]": "；必填]",
    "[default: ": "[默认：",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "FLOAT": "小数",
    "TEXT": "文字",
    "PATH": "路径",
    "Show this message and exit.": "显示本说明后退出。",
}


WRAPPED = re.compile(r"(?m)(^  \S.*?)\n {10,}(?=\S)")
"""The end of a line that the library broke off, and the indent of what goes on below."""
ROW = re.compile(r"  (\S+(?: \S+)*) {2,}(\S.*)")
"""A line of two columns: a word and what it means."""


def translated(text: str) -> str:
    for english, chinese in HEADINGS.items():
        text = text.replace(english, chinese)
    return aligned(re.sub(r" <[A-Za-z_\[\], |]+>", "", text))


def aligned(text: str) -> str:
    """The two columns of each list one under the other, a Chinese character being two wide."""
    while WRAPPED.search(text):
        text = WRAPPED.sub(_joined, text)
    lines = text.split("\n")
    rows = [ROW.fullmatch(line) for line in lines]
    for listed, block in groupby(range(len(lines)), key=lambda i: rows[i] is not None):
        found = [(i, match) for i in block if listed and (match := rows[i])]
        width = max((_width(match[1]) for _, match in found), default=0)
        for i, match in found:
            lines[i] = f"  {match[1]}{' ' * (width - _width(match[1]) + 2)}{match[2]}"
    return "\n".join(lines)


def _joined(broken: re.Match[str]) -> str:
    return f"{broken[1]} " if ROW.fullmatch(broken[1]) else f"{broken[1]}  "


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


class ChineseCommand(TyperCommand):
    """A command whose help is wholly Chinese."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [take_as_written(each) for each in super().get_params(ctx)]

    def get_help(self, ctx: Any) -> str:
        return translated(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; an option never takes the name of another one as its value."""
        named = {name: param for param in self.params for name in param.opts}
        for option, value in pairwise(args):
            param = named.get(option)
            if param is not None and not getattr(param, "is_flag", False) and value[:2] == "--":
                raise BadOptionUsage(option)
        return super().parse_args(ctx, args)


class BadOptionUsage(typer.BadParameter):
    """An option without its value."""

    def __init__(self, option_name: str) -> None:
        super().__init__("")
        self.option_name = option_name


class ChineseGroup(TyperGroup):
    """The list of commands, wholly Chinese."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [take_as_written(each) for each in super().get_params(ctx)]

    def get_help(self, ctx: Any) -> str:
        return translated(super().get_help(ctx))


def usage_sentence(error: Any) -> str:
    """What is wrong with a call, for an error of the command-line library."""
    kind = type(error).__name__
    name = _parameter(error)
    sentences = {
        "MissingParameter": f"缺少{name}",
        "NoSuchOption": f"没有选项“{getattr(error, 'option_name', '')}”",
        "BadOptionUsage": f"选项“{getattr(error, 'option_name', '')}”缺少它的值，或不该带值",
        "BadParameter": f"{name}的值不能用：{_value_fault(str(getattr(error, 'message', '')))}",
        "BadArgumentUsage": "参数的个数不对",
    }
    said = sentences.get(kind, _other(str(getattr(error, "message", error))))
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "junheng"
    return f"{said}。用法见 {command} --help。"


VALUE_FAULTS = (
    (r"valid integer|valid int\b", "应为整数"),
    (r"valid number|valid float", "应为数字"),
    (r"greater than or equal to (\S+)", r"不能小于{}"),
    (r"less than or equal to (\S+)", r"不能大于{}"),
    (r"not in the range (\S+?)\.?$", r"应在{}之内"),
)


def _value_fault(message: str) -> str:
    for pattern, chinese in VALUE_FAULTS:
        found = re.search(pattern, message)
        if found:
            return chinese.format(*(each.rstrip(".") for each in found.groups()))
    return message


def _other(message: str) -> str:
    if message.startswith("No such command"):
        named = re.findall(r"'([^']*)'", message)
        like = f"，是不是“{named[1]}”" if len(named) > 1 else ""
        return f"没有这个命令：'{named[0] if named else ''}'{like}"
    if message.startswith("Got unexpected extra argument"):
        return f"多出了参数：{message[message.rfind('(') + 1 : message.rfind(')')]}"
    return "没有写命令" if message.startswith("Missing command") else message


def _parameter(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return "参数"
    names = [each for each in param.opts if each.startswith("-")]
    return f"选项 {' / '.join(names)} " if names else f"参数“{param.metavar or param.name}”"
