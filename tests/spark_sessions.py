"""Spark for tests: one session in this process on loopback, and environments for other processes.

Nothing is looked up on a network: driver, master and workers all bind to 127.0.0.1, the web
interface is off, and the host name is given instead of asked for.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a virtual machine that lives some seconds: no second compiler, no threads for its heap."""
SETTINGS: Mapping[str, str] = {
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.host": LOOPBACK,
    "spark.driver.extraJavaOptions": QUICK,
    "spark.driver.memory": "1g",
    "spark.executor.extraJavaOptions": QUICK,
    "spark.executor.memory": "512m",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def lacking() -> str:
    """Why Spark cannot run here, in Chinese; empty where it can."""
    if importlib.util.find_spec("pyspark") is None:
        return "没有安装 pyspark：pip install 'junheng[spark]'"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java") or (home and shutil.which("java", path=f"{home}/bin"))
    return "" if java else "没有 Java：apt-get install default-jre-headless"


needs_spark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "Spark 可用")


def environment(folder: Path) -> dict[str, str]:
    """Environment of another process that uses Spark with `SETTINGS`; `folder` keeps its settings."""
    lines = "".join(f"{name} {value}\n" for name, value in SETTINGS.items())
    (folder / "spark-defaults.conf").write_text(
        f"{lines}spark.sql.warehouse.dir {folder / 'warehouse'}\n", encoding="utf-8"
    )
    local = dict.fromkeys(("SPARK_LOCAL_IP", "SPARK_LOCAL_HOSTNAME", "SPARK_PUBLIC_DNS"), LOOPBACK)
    return {**os.environ, **local, "SPARK_CONF_DIR": str(folder), "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """The one session of this process: two cores, two shuffle partitions."""
    if lacking():
        pytest.skip(lacking())
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(tmp_path_factory.mktemp("spark")).items():
            patch.setenv(name, value)
        session = SparkSession.builder.master("local[2]").appName("junheng-tests").getOrCreate()
    yield session
    session.stop()
