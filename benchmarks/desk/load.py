"""Fifty people at once from one bounded process: what each page took, and what went wrong."""

import http.client
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 60


@dataclass
class Times:
    """Seconds by kind of page, and answers that were none."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, status: int, path: str) -> None:
        with self.lock:
            self.taken[kind].append(seconds)
            if status != 200:  # a redirect would be the way to the sign-in page
                self.wrong.append(f"{path}: {status}")

    @property
    def all(self) -> list[float]:
        return [each for held in self.taken.values() for each in held]


class Person:
    """A browser that has signed in: one connection, kept open."""

    def __init__(self, port: int, session: str) -> None:
        self._port = port
        self._cookies = f"sessionid={session}; csrftoken={'x' * 32}"
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Status and body; a connection that the server closed is opened once more."""
        headers = {"Cookie": self._cookies, "X-CSRFToken": "x" * 32}
        if kind:
            headers["Content-Type"] = kind
        for again in (False, True):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    "127.0.0.1", self._port, timeout=TIMEOUT
                )
            try:
                self._connection.request(method, path, body or None, headers)
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                self._connection.close()
                self._connection = None
                if again:
                    raise
        raise AssertionError

    def timed(self, kind: str, path: str, times: Times) -> None:
        begun = time.perf_counter()
        try:
            status, _ = self.ask("GET", path)
        except OSError:
            status = 0
        times.add(kind, time.perf_counter() - begun, status, path)


def browse(
    port: int,
    people: Sequence[tuple[str, Callable[[random.Random], tuple[str, str]]]],
    *,
    seconds: float,
    pause: float,
) -> Times:
    """Everybody opens pages for so long, reading each for `pause` seconds on average.

    `people`: session key, and what gives the next (kind, path)."""
    times, until = Times(), time.perf_counter() + seconds

    def live(
        number: int, session: str, next_page: Callable[[random.Random], tuple[str, str]]
    ) -> None:
        chance, person = random.Random(number), Person(port, session)
        time.sleep(chance.uniform(0, pause))
        while time.perf_counter() < until:
            person.timed(*next_page(chance), times)
            time.sleep(chance.uniform(0.5, 1.5) * pause)

    threads = [threading.Thread(target=live, args=(n, *who)) for n, who in enumerate(people)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return times


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
