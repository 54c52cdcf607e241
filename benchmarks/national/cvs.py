"""The hand-written peer of the CVs: runs cvs.sql over wide Parquet and writes one row a stage.

    python benchmarks/national/cvs.py PARQUET… -o OUT.parquet --numbers NUMBERS.json

`NUMBERS` are the numbers of the law that the SQL needs, written by the runner out of `Standard`.
"""

import argparse
import json
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("cvs.sql")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("-o", "--out", required=True)
    parser.add_argument("--numbers", type=Path, required=True)
    asked = parser.parse_args()
    numbers = json.loads(asked.numbers.read_text(encoding="utf-8"))
    with duckdb.connect() as connection:
        for name in ("excluded", "fewest", "junior", "senior"):
            connection.execute(f"SET VARIABLE {name} = $value", {"value": numbers[name]})
        connection.execute("SET VARIABLE files = $value", {"value": asked.files})
        connection.execute(SQL.read_text(encoding="utf-8"))
        connection.sql("FROM cvs").write_parquet(asked.out)


if __name__ == "__main__":
    main()
