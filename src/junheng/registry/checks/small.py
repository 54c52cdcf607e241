"""The two flags of a rural school that its own numbers decide: few pupils (X1), small classes (X4)."""

from junheng.registry.checks.rule import Rule


def is_small(rule: Rule, settlement: str, pupils: int) -> bool:
    """Rural, with as few pupils as the rule says; `settlement` is the 城乡分类代码."""
    rural = settlement.startswith(rule.words["rural"])
    return rural and bool(rule.numbers["least"] <= pupils < rule.numbers["below"])


def has_small_classes(rule: Rule, settlement: str, largest: int) -> bool:
    """Rural, with no class as large as the rule says."""
    return settlement.startswith(rule.words["rural"]) and largest < rule.numbers["below"]


__all__ = ["has_small_classes", "is_small"]
