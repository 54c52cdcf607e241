"""The verification of a store as plain data; its shape is `store.schema.json` beside this file."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.registry.store_verifying import Fault, SealChecked, StoreChecked

STORE_FORMAT = "junheng store 1"


def store_record(checked: "StoreChecked") -> dict[str, Any]:
    """A whole verification as JSON-ready data."""
    return {
        "format": STORE_FORMAT,
        "sound": checked.sound,
        "seals": [_seal(each) for each in checked.seals],
        "facts": list(checked.facts),
        "faults": [_fault(each) for each in checked.faults],
    }


def _seal(each: "SealChecked") -> dict[str, Any]:
    return {
        "id": each.id,
        "whole": each.whole,
        "year": each.year,
        "by": each.by,
        "on": each.on,
        "facts": each.facts,
        "faults": [_fault(fault) for fault in each.faults],
    }


def _fault(each: "Fault") -> dict[str, Any]:
    return {"path": each.path, "trouble": each.trouble.value, "said": each.said}
