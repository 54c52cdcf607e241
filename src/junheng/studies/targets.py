"""Where the policy's targets stand on a day: one computation over any number of snapshots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import Any

import polars as pl

from junheng.diagnosis import Board, Light, TargetVerdict, judge_targets
from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.standards import Policy, common_superior
from junheng.studies.receipt import code_sha256
from junheng.studies.targets_record import document_record, verdict_record

FORMAT = "junheng targets 1"


@dataclass(frozen=True)
class TargetStudy:
    """The board of targets, the snapshots it was made from, and its receipt."""

    snapshots: tuple[Snapshot, ...]
    board: Board
    chosen: tuple[TargetVerdict, ...]
    """The verdicts asked for, in the order of the documents; all of them unless `only` was used."""
    recover_by: date | None

    @property
    def on(self) -> date:
        return self.board.policy.on

    @cached_property
    def verdicts(self) -> tuple[TargetVerdict, ...]:
        """The heaviest light first, then by commitment and place."""
        order = list(Light)
        return tuple(sorted(self.chosen, key=lambda v: order.index(v.light)))

    @cached_property
    def counts(self) -> dict[Light, int]:
        """How many verdicts of each light there are, whichever were asked for."""
        lights = [each.light for each in self.board.verdicts]
        return {light: lights.count(light) for light in Light}

    def at(self, light: Light) -> tuple[TargetVerdict, ...]:
        return tuple(each for each in self.verdicts if each.light is light)

    def only(self, *, lights: Sequence[Light] = (), place: str = "") -> "TargetStudy":
        """The same study with the verdicts of some lights, or of one place."""
        if place and place not in {v.place for v in self.board.verdicts}:
            known = "、".join(sorted({f"{v.place}{v.place_name}" for v in self.board.verdicts}))
            raise MisuseError(f"没有“{place}”的目标。有：{known}。")
        kept = tuple(
            each
            for each in self.chosen
            if (not lights or each.light in lights) and (not place or each.place == place)
        )
        return replace(self, chosen=kept)

    @cached_property
    def receipt(self) -> dict[str, Any]:
        """Everything that must be the same for the result to be the same."""
        policy = self.board.policy
        return {
            "snapshots": [
                {"seal": s.path.name, "facts": s.facts.fingerprint, "year": s.facts.year}
                for s in self.snapshots
            ],
            "on": self.on.isoformat(),
            "recover_by": self.recover_by.isoformat() if self.recover_by else None,
            "documents": [document_record(document) for document in policy.documents],
            "readings": dict(sorted(policy.readings.items())),
            "code_version": version("junheng"),
            "code_sha256": code_sha256(),
        }

    @cached_property
    def record(self) -> dict[str, Any]:
        """The documented JSON shape."""
        return {
            "format": FORMAT,
            "on": self.on.isoformat(),
            "receipt": self.receipt,
            "counts": {light.value: count for light, count in self.counts.items()},
            "targets": [verdict_record(each) for each in self.verdicts],
            "ignored": [
                {
                    "commitment": each.commitment,
                    "place": each.place,
                    "measured_on": each.measured_on.isoformat() if each.measured_on else None,
                    "reason": each.reason,
                }
                for each in self.board.ignored
            ],
        }

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row a commitment and place: the plain fields of `record`."""
        flat = [
            {k: v for k, v in row.items() if not isinstance(v, list | dict)}
            for row in self.record["targets"]
        ]
        return pl.DataFrame(flat, infer_schema_length=None)


def follow_targets(
    snapshots: Sequence[Snapshot],
    *,
    on: date,
    readings: Mapping[str, str] | None = None,
    recover_by: date | None = None,
) -> TargetStudy:
    """Judge every target in force on `on` where the snapshots' counties stand.

    Raises MisuseError where no snapshot is given, none stands under a policy, or a reading is unknown;
    and where the recovery date is not after `on`.
    """
    if not snapshots:
        raise MisuseError("请给出至少一份封存的数据。")
    if recover_by is not None and recover_by <= on:
        raise MisuseError(f"补齐日期 {recover_by} 应晚于 {on}。")
    policy = Policy.at(_place(snapshots), on, readings=readings)
    board = judge_targets([s.facts for s in snapshots], policy, recover_by=recover_by)
    ordered = sorted(snapshots, key=lambda s: (s.facts.year, s.path.name))
    return TargetStudy(tuple(ordered), board, board.verdicts, recover_by)


def _place(snapshots: Sequence[Snapshot]) -> str:
    """The unit that all counties of the snapshots have in common: theirs, or the nearest above them."""
    codes = {c for s in snapshots for c in s.facts["schools"]["location_unit"]} - {None}
    if not codes:
        codes = {c for s in snapshots for c in s.facts["county"]["county_code"]}
    if not codes:
        raise MisuseError("这些数据里没有区县，不知道适用哪份政策。")
    return common_superior(sorted(codes))
