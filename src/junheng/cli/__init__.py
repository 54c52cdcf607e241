"""The command line: parse, call one thing, show it. Heavy imports wait until there is work.

Exit status: 0 done; 1 the material is at fault (a 必须改 finding, an unreadable file); 2 the call is.
"""

import sys
from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.cli.commands import app, run

__all__ = ["app", "main", "run"]

__getattr__ = later(__name__, {"commands": ("app", "run")})

READERS = ("check", "seal")
"""Commands whose first work is reading: the process that reads starts while they are loaded."""
HELP = ("-h", "--help")


def main() -> None:
    """Run the command line; a JunhengError is a sentence, anything else is our bug and shows itself."""
    words = sys.argv[1:]
    if words[:1] and words[0] in READERS and not any(each in HELP for each in words):
        from junheng.registry.reading.starting import start_ahead

        start_ahead()
    from junheng.cli.commands import run
    from junheng.cli.leaving import leave

    leave(run(words))
