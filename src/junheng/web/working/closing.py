"""What the end of a run changes beside its row, in the same transaction; and its files on the disk."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.web.actions.run_leases import Closing
from junheng.web.models import Run
from junheng.web.run_kinds import RunKind
from junheng.web.working.doing.sealing import STORE


def closing_of(run: Run, folder: Path) -> Closing | None:
    """What must happen together with the end of this kind of run; None for nothing."""
    if run.kind != RunKind.SEAL:
        return None

    def close(done: Run, receipt: Mapping[str, Any]) -> None:
        from junheng.web.actions.run_sealing import close_sealing

        close_sealing(done, receipt, folder / STORE)

    return close


def settle(folder: Path) -> None:
    """Every file of the folder is on the disk before its name says that it is a result."""
    for each in (*folder.rglob("*"), folder):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
