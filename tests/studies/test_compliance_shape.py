"""The JSON Schema of 方案.json says what the form says that reads it, and what is written."""

import json
from importlib.resources import files
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from junheng.studies.compliance_file import Written

SCHEMA = json.loads(files("junheng.studies").joinpath("compliance.schema.json").read_text("utf-8"))


def named(schemas: dict[str, Any]) -> dict[str, Any]:
    """By the names of the parts, without what tells readers of them."""
    text = (
        json.dumps(schemas)
        .replace("WrittenCertificate", "Certificate")
        .replace("$defs/_", "$defs/")
    )
    return {name.lstrip("_"): part for name, part in json.loads(text).items()}


def bare(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {
            k: bare(v)
            for k, v in part.items()
            if k not in ("title", "description", "$schema", "$id", "$defs")
        }
        return {k: v for k, v in kept.items() if not (k == "items" and v is False)}
    return [bare(each) for each in part] if isinstance(part, list) else part


def test_the_schema_is_that_of_the_form() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    form = named(msgspec.json.schema(Written)["$defs"])
    assert bare(SCHEMA) == bare(form.pop("Written"))
    ours = {name: bare(part) for name, part in SCHEMA["$defs"].items()}
    assert ours == {name: bare(part) for name, part in form.items()}


def test_every_key_is_told_of() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    keys = [each for part in parts for each in part.get("properties", {}).values()]
    assert len(keys) > 60
    assert all(each["description"].endswith("。") for each in keys)
