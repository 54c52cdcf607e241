"""Reading filled workbooks and CSV files: a streaming reader in a child process, cells understood.

`sandbox` runs in the child and turns a file into plain cells; the rest finds the tables in them
and says of every cell what it is, or why it cannot be taken. Loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.registry.reading.codes import checks
    from junheng.registry.reading.gathering import Found, gather
    from junheng.registry.reading.reader import read
    from junheng.registry.reading.sandbox.wire import Limits

__all__ = ["Found", "Limits", "checks", "gather", "read"]

__getattr__ = later(
    __name__,
    {
        "codes": ("checks",),
        "gathering": ("Found", "gather"),
        "reader": ("read",),
        "sandbox.wire": ("Limits",),
    },
)
