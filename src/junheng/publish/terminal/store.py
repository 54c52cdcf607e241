"""Whether a store is whole: one line a seal, under it what is wrong, then what else lies there."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from junheng.publish.terminal.looks import LEVEL_STYLE
from junheng.publish.terminal.prose import Prose
from junheng.registry import Level
from junheng.registry.store_verifying import Fault, SealChecked, StoreChecked
from junheng.years import SchoolYear

SHORT = 16


def show_store(checked: StoreChecked) -> RenderableType:
    """Every seal with its verdict, every fault with its path, and the conclusion."""
    return Group(*_shown(checked))


def _shown(checked: StoreChecked) -> Iterator[RenderableType]:
    for seal in checked.seals:
        yield _seal(seal)
        yield from map(_fault, seal.faults)
    if checked.faults:
        yield Text("不属于任何一次封存的：")
        yield from map(_fault, checked.faults)
    yield Text()
    yield _conclusion(checked)


def _seal(seal: SealChecked) -> RenderableType:
    style = LEVEL_STYLE[Level.NOTE if seal.whole else Level.MUST_FIX]
    told = "封存记录不可信"
    if seal.year is not None:
        told = f"{SchoolYear(seal.year)}，{seal.by} {seal.on} 封存，事实 {str(seal.facts)[:SHORT]}…"
    return Prose(f"{'完整' if seal.whole else '不完整'}　{seal.id}　{told}", style)


def _fault(fault: Fault) -> RenderableType:
    style = LEVEL_STYLE[Level.MUST_FIX if fault.grave else Level.NOTE]
    return Prose(f"    {fault.trouble}　{fault.path}：{fault.said}", style, hang=6)


def _conclusion(checked: StoreChecked) -> RenderableType:
    whole = sum(each.whole for each in checked.seals)
    told = f"核对完毕：封存{len(checked.seals)}次，完整{whole}次；事实{len(checked.facts)}份。"
    if checked.sound:
        return Prose(
            f"{told}没有损坏或缺少的文件。没有改动库里的任何内容。", LEVEL_STYLE[Level.NOTE]
        )
    return Prose(
        f"{told}有损坏或缺少的文件，请用备份恢复，或移走坏的以后重新封存。没有改动库里的任何内容。",
        LEVEL_STYLE[Level.MUST_FIX],
    )
