"""Where counting registers begins: the files are hashed, and the first of them is scanned, while all
that understands them is loaded.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from junheng.registry.reading.gathering import fingerprinted
from junheng.registry.rosters.declaring import Roster, shipped
from junheng.registry.rosters.engine import MEMORY, Beside, engine
from junheng.registry.rosters.finding_files import registers_in
from junheng.registry.rosters.opening import COUNTED, Opened, open_rosters
from junheng.registry.rosters.recognising import SCHOOLS
from junheng.registry.rosters.scanning import Raw, scanned

if TYPE_CHECKING:
    from junheng.registry.rosters.taking import Counted


def count_registers(
    paths: Sequence[Path],
    *,
    year: int,
    rosters: Mapping[str, Roster] | None = None,
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
        with engine(memory) as db, db.beside() as beside:
            opened = open_rosters(files, rosters or shipped(), db)
            scans = _begun(opened, beside)
            from junheng.registry.rosters.taking import counted

            return counted(opened, sources, scans, db, beside, year=year, unique=unique)
    finally:  # what is refused is told at once, not after the hashing of gigabytes
        stop.set()
        hashing.shutdown(wait=False, cancel_futures=True)


def _begun(opened: Opened, beside: Beside) -> Mapping[str, Future[Raw]]:
    """The scan of the first register that is counted; without schools nothing is counted.

    Only of the first: the others would share the memory with the search for repeated keys.
    """
    first = next((each for each in COUNTED if opened.of(each)), None)
    if first is None or not opened.of(SCHOOLS):
        return {}
    return {first: beside.begin(partial(scanned, opened.of(first)))}
