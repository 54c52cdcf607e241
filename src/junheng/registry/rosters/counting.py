"""Where counting registers begins: the files are hashed while all that counts them is loaded."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from junheng.registry.reading.gathering import fingerprinted
from junheng.registry.rosters.engine import MEMORY
from junheng.registry.rosters.finding_files import registers_in

if TYPE_CHECKING:
    from junheng.registry.rosters.declaring import Roster
    from junheng.registry.rosters.taking import Counted


def count_registers(
    paths: Sequence[Path],
    *,
    year: int,
    rosters: "Mapping[str, Roster] | None" = None,
    memory: str = MEMORY,
    unique: bool = True,
) -> "Counted":
    """Count pupils, teachers and rooms of registers into the columns of the template.

    `paths` are files, or folders of files, of registers that their headings tell apart; a list of
    schools must be among them. `memory` caps DuckDB (512MB, 4GB); `unique` looks for identifiers
    that occur twice. Raises MisuseError where a path is not there, DuckDB is not installed or
    `memory` is no size; UnreadableFileError where a file cannot be read.
    """
    files = registers_in(paths)
    hashing, stop = ThreadPoolExecutor(1), Event()
    sources = [hashing.submit(fingerprinted, each, stop) for each in files]
    try:
        from junheng.registry.rosters.taking import counted

        return counted(files, sources, year=year, rosters=rosters, memory=memory, unique=unique)
    finally:  # what is refused is told at once, not after the hashing of gigabytes
        stop.set()
        hashing.shutdown(wait=False, cancel_futures=True)
