"""命令行: every command and option, from the command line itself."""

from collections.abc import Iterator
from typing import Any

import typer

from junheng.cli import app
from making.grids import grid


def page() -> Iterator[str]:
    yield "# 命令行"
    yield ""
    yield (
        "退出状态：0 成功；1 材料有问题（有“必须改”，文件读不了，封存被改动）；2 命令写错了。"
        "`assess` 不论结论如何都以 0 退出。出错时标准错误只有一句中文；看到英文的错误堆栈，是程序的错，请告诉我们。"
    )
    yield ""
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        yield from _command(f"junheng {name}", command, "##")


def _command(words: str, command: Any, mark: str) -> Iterator[str]:
    """A command with its options; a group is followed by the commands in it."""
    yield f"{mark} {words} {{#{words.removeprefix('junheng ').replace(' ', '-')}}}"
    yield ""
    yield command.help or ""
    yield ""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    if command.params:
        taken = " ".join(p.metavar for p in arguments)
        yield f"    {' '.join(filter(None, (words, taken)))} [选项]"
        yield ""
        rows = [(f"`{p.metavar}`", "是" if p.required else "", "", p.help) for p in arguments]
        rows += [_option(p) for p in options]
        yield from grid(("参数、选项", "必填", "默认", "说明"), rows)
    for name, each in getattr(command, "commands", {}).items():
        yield from _command(f"{words} {name}", each, mark + "#")


def _option(param: Any) -> tuple[object, ...]:
    names = "、".join(f"`{each}`" for each in param.opts)
    taken = "" if param.is_flag else f" {param.metavar or '值'}"
    default = "" if param.is_flag or param.default in (None, "", ()) else f"`{param.default}`"
    return (names + taken, "是" if param.required else "", default, param.help)
