"""The peer: the aggregation an expert writes in DuckDB for the same counts from the same files.

    python benchmarks/aggregate/bare.py FOLDER OUT.parquet [--unique]

One GROUP BY to classes, one to schools, the list of classes numbered within their grades: what a
filing takes from the register of pupils, written as two Parquet files. With `--unique` also the identifiers
that occur twice, by GROUP BY … HAVING. It believes the files: nothing is checked, no unknown
school, no impossible grade, no cell left blank is noticed. DuckDB's defaults: all memory it likes.
"""

import sys
from pathlib import Path

import duckdb

BINS = (
    (1, 25),
    (26, 30),
    (31, 35),
    (36, 40),
    (41, 45),
    (46, 50),
    (51, 55),
    (56, 60),
    (61, 65),
    (66, 9999),
)
STAGES = {"primary": "grade <= 6", "junior": "grade BETWEEN 7 AND 9"}

CLASSES = """
CREATE TEMP TABLE classes AS
SELECT 学校标识码 AS school_code, 年级 AS grade, 班级 AS class_no, count(*) AS n,
       count(*) FILTER (是否随迁子女) AS migrants, count(*) FILTER (是否寄宿) AS boarders
FROM read_parquet('{pupils}') GROUP BY ALL
"""
COUNTS = """
SELECT school_code, school_name, school_type, location_unit, {columns}
FROM classes JOIN read_parquet('{schools}') USING (school_code) GROUP BY ALL ORDER BY school_code
"""
LIST = """
SELECT school_code, grade, row_number() OVER (
         PARTITION BY school_code, grade ORDER BY length(class_no), class_no)::VARCHAR AS class_no,
       CASE WHEN grade <= 6 THEN 'primary' WHEN grade <= 9 THEN 'junior' ELSE 'senior' END AS stage,
       n AS pupils
FROM classes ORDER BY school_code, grade, length(classes.class_no), classes.class_no
"""
TWICE = """
SELECT count(*) FROM (
  SELECT 学籍号 FROM read_parquet('{pupils}') GROUP BY 学籍号 HAVING count(*) > 1
)
"""


def columns() -> str:
    """The counts of a school out of its classes."""
    found = [f"sum(n) FILTER (grade = {g}) AS enrolment_grade_{g}" for g in range(1, 10)]
    for stage, here in STAGES.items():
        found.append(f"sum(n) FILTER ({here}) AS enrolment_{stage}")
        found.append(f"count(*) FILTER ({here}) AS class_count_{stage}")
        found.append(f"max(n) FILTER ({here}) AS max_class_size_{stage}")
        found += [
            f"count(*) FILTER ({here} AND n BETWEEN {low} AND {high}) AS classes_{low}_{high}_{stage}"
            for low, high in BINS
        ]
    found += ["sum(migrants) AS migrant_children_enrolled", "sum(boarders) AS boarders"]
    return ", ".join(found)


def main(asked: list[str]) -> None:
    folder, out = Path(asked[0]), asked[1]
    files = {"pupils": folder / "学籍.parquet", "schools": folder / "学校名册.parquet"}
    with duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{Path(out).parent / 'spilled'}'")
        con.execute(CLASSES.format(**files))
        counts = COUNTS.format(columns=columns(), **files)
        con.execute(f"COPY ({counts}) TO '{out}' (FORMAT parquet)")
        con.execute(
            f"COPY ({LIST}) TO '{Path(out).with_name('bare_classes.parquet')}' (FORMAT parquet)"
        )
        if "--unique" in asked:
            print(con.execute(TWICE.format(**files)).fetchall())


if __name__ == "__main__":
    main(sys.argv[1:])
