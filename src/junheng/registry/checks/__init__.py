"""The checks of a filing: rules as data, one function for each kind of rule."""

from typing import TYPE_CHECKING

from junheng.later import later
from junheng.registry.checks.rule import catalogue, rules

if TYPE_CHECKING:
    from junheng.registry.checks.run import check

__all__ = ["catalogue", "check", "rules"]

__getattr__ = later(__name__, {"run": ("check",)})
