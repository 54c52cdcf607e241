"""The chain of events: what is hashed, and how a broken chain is found.

The hash of an event is the SHA-256 of all its fields in canonical JSON, the hash of the event
before it among them. Numbers run 1, 2, 3 … without a gap. Beside the database, `audit/heads.log`
in the data folder gets a line `number hash` after each transaction: a chain that was rewritten as a
whole, or that lost its end, no longer holds the heads that were written there.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.db.models import Max

from junheng.web.models import ChainHead, Event

HASHED = (
    "number", "by", "by_name", "role", "office", "office_name", "verb", "subject", "subject_id",
    "subject_name", "area", "old", "new", "reason", "source", "once", "before",
)  # fmt: skip
START = "0" * 64
"""What the first event has in place of the hash before it."""


@dataclass(frozen=True)
class Fault:
    """One place where the chain does not hold."""

    number: int
    found: str


def digest_of(event: Event) -> str:
    """SHA-256 over every field but the hash itself."""
    held = {name: getattr(event, name) for name in HASHED}
    held["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def heads_file(data: Path) -> Path:
    return data / "audit" / "heads.log"


def faults_of(data: Path | None = None) -> Iterator[Fault]:
    """Every edited, removed, added or reordered event, in order; nothing where the chain holds.

    With the data folder, the heads written beside the database are compared too. The end is read
    first, and what is recorded while this reads is left to the next time: an event and the end that
    it moves are written together, so at any moment no event stands after the end that is read next.
    """
    heads = dict(_heads(heads_file(data))) if data is not None else {}
    last = Event.objects.aggregate(last=Max("number"))["last"] or 0
    head = ChainHead.objects.first()
    end = (head.number, head.digest) if head else (0, "")
    before, expected = START, 1
    reached = Event.objects.filter(number__lte=max(last, end[0]))
    for event in reached.order_by("number").iterator(2000):
        if event.number != expected:
            yield Fault(expected, f"缺第 {expected} 至 {event.number - 1} 条，被删除或改了序号")
        if event.before != before:
            yield Fault(event.number, "与上一条接不上，前面有一条被改动、删除或调换")
        if digest_of(event) != event.digest:
            yield Fault(event.number, "内容与校验值不符，记录以后被改动过")
        if heads.pop(event.number, event.digest) != event.digest:
            yield Fault(event.number, "与数据库外的校验记录不符，整条链被重写过")
        before, expected = event.digest, event.number + 1
    yield from _end(end, (expected - 1, before if expected > 1 else ""), heads)


def _end(told: tuple[int, str], found: tuple[int, str], heads: dict[int, str]) -> Iterator[Fault]:
    """Whether the chain ends where it should: number and hash as told and as found."""
    number = found[0]
    if told != found:
        first = min(told[0], number) + 1
        yield Fault(first, f"末尾应当是第 {told[0]} 条，现在止于第 {number} 条")
    for lost in sorted(each for each in heads if each > number):
        yield Fault(lost, "数据库外的校验记录里有，数据库里没有，被删除过")


def _heads(file: Path) -> Iterator[tuple[int, str]]:
    """number, hash of every whole line; a line cut short by a crash is none."""
    if not file.is_file():
        return
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        words = line.split()
        if len(words) == 2 and words[0].isdecimal() and len(words[1]) == 64:
            yield int(words[0]), words[1]
