"""The DuckDB that counts: in memory, capped, and silent about what stands in the rows.

What DuckDB says of a failure may quote a row, and a row is a person: only our own words leave.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from junheng.errors import JunhengError, MisuseError, UnreadableFileError

if TYPE_CHECKING:
    import polars as pl
    from duckdb import DuckDBPyConnection

T = TypeVar("T")
MEMORY = "1GB"
_MEMORY = re.compile(r"[1-9]\d{0,6}(?:MB|GB)", re.IGNORECASE)
_OUT_OF_MEMORY = re.compile(r"(?:got external error: )?Out of Memory Error")
"""How DuckDB says so, by itself or through Polars."""
PATIENCE = 0.1
"""Seconds until a query that was told to end is told again."""
_LINE = re.compile(r"Line:?\s+(\d+)")


class Engine:
    """One connection; `text`s are our own SQL, values go in as parameters or through `literal`."""

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self._connection = connection

    def run(self, text: str, parameters: Sequence[Any] = (), *, about: str = "") -> Any:
        """Execute, and return the cursor. `about` is the file that a failure is about."""
        with _own_words(about):
            return self._connection.execute(text, list(parameters))

    def frame(self, text: str, *, about: str = "") -> "pl.DataFrame":
        """All rows of a result as a frame."""
        import polars as pl

        with _own_words(about):
            return pl.DataFrame(self._connection.sql(text))

    def rows(self, text: str, parameters: Sequence[Any] = (), *, about: str = "") -> list[Any]:
        """All rows of a small result."""
        with _own_words(about):
            found: list[Any] = self._connection.execute(text, list(parameters)).fetchall()
        return found

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A table of texts, made and filled."""
        declared = ", ".join(f"{name(each)} VARCHAR" for each in columns)
        self.run(f"CREATE OR REPLACE TABLE {name(table)} ({declared})")
        if rows:
            taken = ", ".join("unnest(?::VARCHAR[])" for _ in columns)
            self.run(
                f"INSERT INTO {name(table)} SELECT {taken}",
                [list(each) for each in zip(*rows, strict=True)],
            )

    def fill_columns(self, table: str, texts: "pl.DataFrame") -> None:
        """A table of many texts, made and filled column by column."""
        self._connection.register("filling", _Columns(texts))
        self.run(f"CREATE OR REPLACE TABLE {name(table)} AS SELECT * FROM filling")  # noqa: S608 - our own name
        self._connection.unregister("filling")

    @contextmanager
    def beside(self) -> Iterator["Beside"]:
        """Work in a thread of its own on the same tables; what still runs at the end is given up."""
        with self._connection.cursor() as cursor:
            beside = Beside(cursor)
            try:
                yield beside
            finally:
                beside.give_up()


class Beside:
    """One thread that works off what it is given, one after the other."""

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1)
        self._begun: list[Future[Any]] = []

    def begin(self, work: Callable[[Engine], T]) -> Future[T]:
        """Begin a piece of work; what it raises is raised where its result is asked for."""
        begun = self._thread.submit(work, Engine(self._connection))
        self._begun.append(begun)
        return begun

    def give_up(self) -> None:
        """End what still runs: interrupted again until it is heard, between two queries too."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        # A cancelled one is done, though `wait` alone would not say so.
        while running := [each for each in self._begun if not each.done()]:
            self._connection.interrupt()
            wait(running, timeout=PATIENCE)


class _Columns:
    """A frame as the Arrow stream that it is: given the frame itself, DuckDB would ask for pyarrow."""

    def __init__(self, frame: "pl.DataFrame") -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def _own_words(about: str) -> Iterator[None]:
    try:
        yield
    except _failures() as error:
        import duckdb

        if _OUT_OF_MEMORY.match(str(error)) or isinstance(error, duckdb.OutOfMemoryException):
            raise JunhengError(
                "内存上限太小，或临时文件夹所在的磁盘已满，没有算完。"
                "请加大 --memory，例如 --memory 4GB。"
            ) from None
        line = _LINE.search(str(error))
        where = f"第 {line[1]} 行读不下去" if line else "读不下去"
        raise UnreadableFileError(
            about or "台账", f"{where}，文件可能损坏或列数不齐", "请重新导出后再汇总"
        ) from None


def _failures() -> tuple[type[Exception], ...]:
    """What fails while a result streams into a frame, Polars raises in its own name."""
    import duckdb
    import polars as pl

    return duckdb.Error, pl.exceptions.ComputeError


@contextmanager
def engine(memory: str = MEMORY) -> Iterator[Engine]:
    """A capped DuckDB whose spilled blocks lie in a folder of its own and go with it.

    Raises MisuseError where DuckDB is not installed or `memory` is no size.
    """
    if not _MEMORY.fullmatch(memory):
        raise MisuseError(f"内存上限“{memory}”看不懂。请写成 512MB 或 4GB 的样子。")
    try:
        import duckdb
    except ImportError:
        raise MisuseError("汇总台账要用 DuckDB。请运行 pip install 'junheng[duckdb]'。") from None
    with (
        tempfile.TemporaryDirectory(prefix="junheng-") as folder,
        duckdb.connect() as connection,
    ):
        connection.execute("SET memory_limit = ?", [memory.upper()])
        connection.execute("SET temp_directory = ?", [folder])
        # A file is opened to know it, counted and scanned: its footer is parsed once.
        connection.execute("SET parquet_metadata_cache = true")
        yield Engine(connection)


def name(text: str) -> str:
    """An identifier."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text constant."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Sequence[str]) -> str:
    """A list for IN; never empty."""
    return "(" + ", ".join(literal(each) for each in texts) + ")" if texts else "(NULL)"


def located(path: Path) -> str:
    """A path as DuckDB takes it: what it would read as a pattern stands for itself."""
    return literal(re.sub(r"([\[*?])", r"[\1]", str(path.absolute())))
