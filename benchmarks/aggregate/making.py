"""Registers of an invented province: pupils (as many rows as asked for) and their schools, as Parquet.

    python benchmarks/aggregate/making.py FOLDER [rows]

Written by DuckDB from row numbers alone, so that fifty million rows take minutes, not hours, and
every run gives the same file. 45 pupils a class; 3 classes a grade in a primary school, 6 in a
junior one; every third school is a junior one. Every name and number is made up.
"""

import sys
from pathlib import Path

import duckdb

SIZE_OF_CLASS = 45
PRIMARY, JUNIOR = 18, 18
"""Classes: six grades of three, three grades of six; every school is as large as the others."""
SCHOOL = PRIMARY * SIZE_OF_CLASS
SCHOOLS_A_COUNTY = 60
FIRST_COUNTY = 100_001

SCHOOLS = f"""
SELECT CASE WHEN i % 3 = 2 THEN '31' ELSE '21' END || lpad(i::VARCHAR, 8, '0') AS school_code,
       '示例第' || i || '学校' AS school_name,
       CASE WHEN i % 3 = 2 THEN 'junior' ELSE 'primary' END AS school_type,
       ({FIRST_COUNTY} + i // {SCHOOLS_A_COUNTY})::VARCHAR AS location_unit
FROM range({{schools}}) AS s(i)
"""

PUPILS = f"""
SELECT 'G' || lpad((hash(r) % 1000000000)::VARCHAR, 9, '0') || lpad(r::VARCHAR, 9, '0') AS 学籍号,
       chr((19968 + hash(r * 7) % 20000)::INT) || chr((19968 + hash(r * 11) % 20000)::INT) AS 姓名,
       CASE WHEN junior THEN '31' ELSE '21' END || lpad(school::VARCHAR, 8, '0') AS 学校标识码,
       CASE WHEN junior THEN 7 + class // 6 ELSE 1 + class // 3 END AS 年级,
       (CASE WHEN junior THEN class % 6 ELSE class % 3 END + 1) || '班' AS 班级,
       hash(r * 13) % 12 = 0 AS 是否随迁子女,
       hash(r * 17) % 20 = 0 AS 是否寄宿
FROM (
  SELECT r, r // {SCHOOL} AS school, (r % {SCHOOL}) // {SIZE_OF_CLASS} AS class,
         (r // {SCHOOL}) % 3 = 2 AS junior
  FROM range({{rows}}) AS p(r)
)
"""


def make(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write 学籍.parquet of `rows` pupils and 学校名册.parquet of their schools; returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pupils, schools = folder / "学籍.parquet", folder / "学校名册.parquet"
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '2GB'")
        con.execute("SET preserve_insertion_order = true")
        for path, text in (
            (schools, SCHOOLS.format(schools=-(-rows // SCHOOL))),
            (pupils, PUPILS.format(rows=rows)),
        ):
            con.execute(f"COPY ({text}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return pupils, schools


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5_000_000)
    print(*made)
