"""National statistics workbooks (教育事业统计) read by header path into the template.

Loaded when it is first asked for: registers are recognised by the same words without them.
"""

from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.registry.statistics.importing import read_statistics
    from junheng.registry.statistics.mappings import shipped, with_files
    from junheng.registry.statistics.nouns import Asked, Imported, Page
    from junheng.registry.statistics.writing import write_imported

__all__ = [
    "Asked",
    "Imported",
    "Page",
    "read_statistics",
    "shipped",
    "with_files",
    "write_imported",
]

__getattr__ = later(
    __name__,
    {
        "importing": ("read_statistics",),
        "mappings": ("shipped", "with_files"),
        "nouns": ("Asked", "Imported", "Page"),
        "writing": ("write_imported",),
    },
)
