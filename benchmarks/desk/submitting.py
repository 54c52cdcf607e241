"""Every school hands in its workbook as fast as they go: nothing lost, nothing doubled."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from city import YEAR, People
from load import Person


@dataclass(frozen=True)
class Handing:
    """What came of it. `lost`, `doubled`: acknowledged submissions that are not there, or twice."""

    schools: int
    seconds: float
    wrong: list[str]
    lost: int
    doubled: int
    cards_seconds: float
    cards_wrong: int


def write_workbooks(facts: Any, folder: Path, codes: list[str]) -> dict[str, Path]:
    """The filled workbook of each school, as its clerk would send it."""
    from junheng.casework.returns import Owner, own_marks, own_rows, part_of
    from junheng.registry.template import write_filled

    folder.mkdir(parents=True, exist_ok=True)
    home = dict(facts["schools"].select("school_code", "location_unit").iter_rows())
    parts = {unit: part_of(facts, Owner(unit, "")) for unit in {home[code] for code in codes}}
    written = {}
    for code in codes:
        written[code] = folder / f"{code}.xlsx"
        if not written[code].is_file():
            held = parts[home[code]]
            write_filled(written[code], own_rows(held, code), own_marks(held, code), year=YEAR)
    return written


def hand_in_all(
    port: int,
    people: People,
    cases: Mapping[str, int],
    books: Mapping[str, Path],
    *,
    at_once: int,
    limit: float,
) -> Handing:
    """Upload and submit them from so many connections, none begun after `limit` seconds; then open
    every report card."""
    wrong: list[str] = []
    acknowledged: list[str] = []
    begun = started = time.perf_counter()

    def hand_in(code: str) -> None:
        if time.perf_counter() - started > limit:
            return
        person = Person(port, people.schools[code])
        status, _ = person.ask("POST", f"/filings/{cases[code]}/upload/", *_form(books[code]))
        if status != 302:
            wrong.append(f"{code} upload {status}")
            return
        status, _ = person.ask(
            "POST",
            f"/filings/{cases[code]}/move/submit/",
            b"once=1",
            "application/x-www-form-urlencoded",
        )
        if status == 302:
            acknowledged.append(code)
        else:
            wrong.append(f"{code} submit {status}")

    _each(list(books), hand_in, at_once)
    taken = time.perf_counter() - begun
    lost, doubled = _counted(acknowledged, cases)
    begun, bad = time.perf_counter(), []

    def card(code: str) -> None:
        status, _ = Person(port, people.schools[code]).ask("GET", f"/filings/{cases[code]}/card/")
        if status != 200:
            bad.append(code)

    _each(acknowledged, card, at_once)
    return Handing(
        len(acknowledged), taken, wrong, lost, doubled, time.perf_counter() - begun, len(bad)
    )


def _each(codes: list[str], act: Any, at_once: int) -> None:
    waiting: Queue[str] = Queue()
    for code in codes:
        waiting.put(code)

    def work() -> None:
        while True:
            try:
                code = waiting.get_nowait()
            except Empty:
                return
            act(code)

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _form(path: Path) -> tuple[bytes, str]:
    edge = b"----junheng"
    head = (
        b"--"
        + edge
        + b'\r\nContent-Disposition: form-data; name="file"; filename="'
        + path.name.encode()
        + b'"\r\n\r\n'
    )
    once = (
        b"\r\n--"
        + edge
        + b'\r\nContent-Disposition: form-data; name="once"\r\n\r\nu1\r\n--'
        + edge
        + b"--\r\n"
    )
    return head + path.read_bytes() + once, f"multipart/form-data; boundary={edge.decode()}"


def _counted(codes: list[str], cases: Mapping[str, int]) -> tuple[int, int]:
    """Lost: not 已提交, or its workbook not on the disk. Doubled: more than one submit on record."""
    from collections import Counter

    from junheng.web.models import Case, Event
    from junheng.web.models.attachments import path_of

    held = {each.pk: each for each in Case.objects.filter(pk__in=cases.values())}
    lost = sum(
        held[cases[code]].state != "submitted"
        or not path_of(held[cases[code]].data["file"]["sha256"]).is_file()
        for code in codes
    )
    acts = Counter(
        Event.objects.filter(subject="case", verb="提交").values_list("subject_id", flat=True)
    )
    return lost, sum(acts[str(cases[code])] > 1 for code in codes)
