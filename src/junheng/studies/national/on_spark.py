"""Spark, in this process or on a cluster: expressions only, so that no executor needs Python.

What Spark reads is named by whatever address it understands. A session that is already active is
used and left running; else one is started for the master and stopped at the end. Everything else
about Spark is set where Spark's users set it: in spark-defaults.conf.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import narwhals as nw
import polars as pl

from junheng.errors import MisuseError
from junheng.studies.national.engines import Counting, Rows, needed
from junheng.studies.national.steps import Once

INFERENCE = "spark.sql.sources.partitionColumnTypeInference.enabled"
"""Off while folders are read: 410101 is a code and 0 may lead it."""
TYPES: dict[str, pl.DataType] = {
    "boolean": pl.Boolean(),
    "double": pl.Float64(),
    "int": pl.Int64(),
    "bigint": pl.Int64(),
    "string": pl.String(),
}
NAMES = {pl.Boolean: "boolean", pl.Float64: "double", pl.Int64: "bigint", pl.String: "string"}


class OnSpark:
    """One session; `hold` keeps a frame in the memory of its executors."""

    name = "spark"
    divides = False
    wide = nw.Decimal(38, 0)

    def __init__(self, master: str = "", memory: str = "") -> None:
        sql = needed("pyspark.sql", "spark")
        active = sql.SparkSession.getActiveSession()
        self._session = active or _started(sql, master, memory)
        self._ours = active is None
        self._held: list[Any] = []

    def versions(self) -> dict[str, str]:
        return {"pyspark": version("pyspark"), "spark": str(self._session.version)}

    def scan(self, paths: Sequence[str]) -> nw.LazyFrame[Any]:
        errors = needed("pyspark.errors", "spark")
        before = self._session.conf.get(INFERENCE)
        self._session.conf.set(INFERENCE, "false")
        try:
            found = self._session.read.parquet(*paths)
        except errors.AnalysisException as error:
            reason = str(error).partition("\n")[0]
            raise MisuseError(
                f"Spark 读不出“{'、'.join(paths)}”：{reason}。请给出 Spark 能读的 Parquet 地址。"
            ) from error
        finally:
            self._session.conf.set(INFERENCE, before)
        if dict(found.dtypes).get("year") == "string":
            found = found.withColumn("year", found["year"].cast("bigint"))
        return _lazy(found)

    def counted(self, rows: Rows, count: Counting) -> pl.DataFrame:
        return self.collect(count(rows))

    def portions(
        self,
        rows: nw.LazyFrame[Any],
        years: Mapping[int, int],
    ) -> list[tuple[Collection[int], nw.LazyFrame[Any]]]:
        return [(years, rows)]

    def steps(self) -> Once:
        return Once(self)

    def hold(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        self._held.append(frame.to_native().persist())
        return _lazy(self._held[-1])

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return frame

    def table(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        schema = ", ".join(f"`{name}` {NAMES[type(kind)]}" for name, kind in frame.schema.items())
        return _lazy(self._session.createDataFrame(frame.rows(), schema))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        native = frame.to_native()
        schema = {name: TYPES.get(kind, pl.Decimal(38, 0)) for name, kind in native.dtypes}
        rows = [tuple(row) for row in native.collect()]
        return pl.DataFrame(rows, schema=schema, orient="row")

    def write(self, frame: nw.LazyFrame[Any], folder: str, portion: int) -> nw.LazyFrame[Any]:  # noqa: ARG002
        frame.to_native().write.parquet(folder)
        return self.scan([folder])

    def close(self) -> None:
        for each in self._held:
            each.unpersist()
        if self._ours:
            self._session.stop()


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    found: nw.LazyFrame[Any] = nw.from_native(native)
    return found


def _started(sql: Any, master: str, memory: str) -> Any:
    """A session of our own. Raises MisuseError where there is no Java, or the master is not there."""
    errors, protocol = needed("pyspark.errors", "spark"), needed("py4j.protocol", "spark")
    builder = sql.SparkSession.builder.appName("junheng")
    builder = builder.master(master) if master else builder
    builder = builder.config("spark.driver.memory", memory) if memory else builder
    try:
        return builder.getOrCreate()
    except errors.PySparkRuntimeError as error:
        raise MisuseError(
            "Spark 起不来：没有找到可用的 Java。请安装 Java 17 或更新的版本（例如 apt-get install "
            "default-jre-headless），或设好 JAVA_HOME。"
        ) from error
    except protocol.Py4JJavaError as error:
        raise MisuseError(
            f"Spark 在“{master or '默认的地址'}”上起不来：{error.java_exception.getMessage()}。"
            "地址写成 local[2]、spark://主机:7077、yarn 等。"
        ) from error
