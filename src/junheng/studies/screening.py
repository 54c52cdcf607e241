"""The anti-gaming screen of sealed snapshots: the questions, by whose standards, from which facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from junheng.diagnosis.screening import Question, Screening, screen_facts
from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.standards import places
from junheng.studies.receipt import code_sha256
from junheng.studies.years import by_year, days_of

FORMAT = "junheng screening 1"


@dataclass(frozen=True)
class ScreenStudy:
    """What was asked of which snapshots."""

    snapshots: Mapping[int, Snapshot]
    days: Mapping[int, date]
    scheme: str
    screening: Screening

    @cached_property
    def names(self) -> dict[str, str]:
        """County code → its latest name."""
        found = {code: place.name for code, place in places().items()}
        for snapshot in self.snapshots.values():
            rows = snapshot.facts["county"].select("county_code", "county_name").iter_rows()
            found |= {code: name for code, name in rows if code and name}
        return found

    @property
    def counties(self) -> tuple[str, ...]:
        """Codes of the counties that were looked at."""
        found = {c for s in self.snapshots.values() for c in s.facts["schools"]["location_unit"]}
        return tuple(sorted(found - {None}))

    def only(self, *, county: str = "", school: str = "") -> "ScreenStudy":
        """The same questions, those of one county or about one school."""
        kept = tuple(
            each
            for each in self.screening.questions
            if county in ("", each.county)
            and (not school or school in {one.code for one in each.schools})
        )
        return replace(self, screening=replace(self.screening, questions=kept))

    @cached_property
    def record(self) -> dict[str, Any]:
        """The documented JSON shape."""
        return {
            "format": FORMAT,
            "scheme": self.scheme,
            "code_sha256": code_sha256(),
            "years": [
                {
                    "year": year,
                    "on": self.days[year].isoformat(),
                    "facts": snapshot.facts.fingerprint,
                    "seal": snapshot.path.name,
                }
                for year, snapshot in self.snapshots.items()
            ],
            "questions": [_question(each) for each in self.screening.questions],
            "unscreened": [
                {"kind": kind, "reason": reason} for kind, reason in self.screening.unscreened
            ],
        }


def _question(each: Question) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "title": each.screen.title,
        "county": each.county,
        "year": each.year,
        "schools": [{"code": one.code, "name": one.name} for one in each.schools],
        "stage": None if each.stage is None else each.stage.value,
        "indicator": each.indicator,
        "found": each.found,
        "explanation": each.explanation,
        "honest": each.screen.honest,
        "ask": each.screen.ask,
    }


def screen(
    snapshots: Iterable[Snapshot],
    *,
    on: date | None = None,
    days: Mapping[int, date] | None = None,
    scheme: str = "2017-quality",
    kinds: Sequence[str] = (),
) -> ScreenStudy:
    """Look at one or several years for patterns that are worth a question.

    Days as in `follow`. Raises MisuseError for two snapshots of one year, or an unknown kind.
    """
    held = by_year(snapshots)
    if not held:
        raise MisuseError("没有可看的封存。请给出至少一次封存。")
    chosen = days_of(held, on=on, days=days)
    found = screen_facts(
        [each.facts for each in held.values()], days=chosen, scheme=scheme, kinds=kinds
    )
    return ScreenStudy(held, chosen, scheme, found)
