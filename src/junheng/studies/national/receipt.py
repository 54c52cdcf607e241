"""The receipt of a bulk assessment: inputs, rules, engine and code that made it."""

from datetime import date
from importlib.metadata import version
from typing import Any

from junheng.indicators import CATALOGUE
from junheng.registry.parquet_inputs import Told
from junheng.studies.national.assessing import Bulk
from junheng.studies.national.engines import Engine
from junheng.studies.receipt import clauses_of, code_sha256
from junheng.studies.rounding import natural

FORMAT = "junheng national 1"


def receipt_of(
    bulk: Bulk, engine: Engine, inputs: Told, *, on: date, scheme: str
) -> dict[str, Any]:
    """As plain data; `inputs` are what `inputs_told` tells."""
    clauses = {
        tuple(sorted(each.items())): each
        for standard in bulk.demanded.different
        for each in clauses_of(standard)
    }
    return {
        "format": FORMAT,
        "inputs": [*inputs],
        "rows": int(bulk.inputs.counties["rows"].sum()),
        "years": sorted(bulk.inputs.counties["year"].unique().to_list()),
        "on": on.isoformat(),
        "scheme": scheme,
        "variant": bulk.demanded.variant,
        "relaxations": [],
        "readings": {},
        "gap_steps": {
            code: natural(CATALOGUE[code].step) + CATALOGUE[code].gap_unit
            for code in bulk.demanded.codes
        },
        "clauses": [clauses[key] for key in sorted(clauses)],
        "engine": {"name": engine.name, **engine.versions(), "narwhals": version("narwhals")},
        "code_version": version("junheng"),
        "code_sha256": code_sha256(),
    }
