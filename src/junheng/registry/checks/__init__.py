"""The checks of a filing: rules as data, one function for each kind of rule."""

from junheng.registry.checks.rule import catalogue, rules
from junheng.registry.checks.run import check

__all__ = ["catalogue", "check", "rules"]
