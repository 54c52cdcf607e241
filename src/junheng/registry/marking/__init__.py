"""The same workbook handed back: wrong cells coloured, the reason beside each, a list of all."""

from junheng.registry.marking.workbook import mark

__all__ = ["mark"]
