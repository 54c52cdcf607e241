"""junheng 均衡: quality-balanced compulsory education, from a filled workbook to an exact verdict.

The names below are loaded on first use, so that `import junheng` costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.notebook import assess, check, explain, follow, read, seal, targets
    from junheng.registry import Facts, Snapshot

__all__ = [
    "Facts",
    "Snapshot",
    "assess",
    "check",
    "explain",
    "follow",
    "in_force",
    "read",
    "seal",
    "targets",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'junheng' has no attribute {name!r}")
    from junheng.garbage import uncollected

    with uncollected():  # seven hundred modules, none of which is garbage
        from junheng import notebook, registry
    return getattr(registry if name in ("Facts", "Snapshot") else notebook, name)


def __dir__() -> list[str]:
    return sorted(__all__)
