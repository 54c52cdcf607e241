"""Starting the child of the sandbox, which may be done before anything is known of what it reads."""

import json
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import IO

from junheng.registry.reading.sandbox.wire import Limits

BOOT = """
import json, sys, types
paths, packages = json.loads(sys.argv.pop(1))
sys.path[:] = paths
sys.modules["typing_extensions"] = None
for name, path in packages:
    sys.modules[name] = package = types.ModuleType(name)
    package.__path__ = path
from junheng.registry.reading.sandbox.child import main
main()
"""
"""Bare packages stand in for those whose `__init__` would load Polars into the child's cap.
msgspec does without typing_extensions, and the child starts in three quarters of the time; for
the same reason none of its modules has a dataclass: both load `inspect`."""

PACKAGES = ("junheng", "junheng.registry", "junheng.registry.reading")
PIPE_BYTES = 1 << 20
"""A sheet finds room, so that the child begins the next one; what Linux lets everybody have."""

_AHEAD: dict[int, subprocess.Popen[bytes]] = {}
"""Children that were started and wait for someone to talk to them, by the memory they may take."""


def start_ahead(memory_bytes: int = Limits().memory_bytes) -> None:
    """Start a child now for whoever asks for one first, while the rest of the program is loaded.

    It ends by itself where nobody does: its standard input closes with this process. Where the
    system starts none, who asks for one is told.
    """
    with suppress(OSError):
        _AHEAD[memory_bytes] = _started(memory_bytes)


def started(memory_bytes: int) -> subprocess.Popen[bytes]:
    """A child that may take so much memory, with pipes to its standard input and output."""
    return _AHEAD.pop(memory_bytes, None) or _started(memory_bytes)


def _started(memory_bytes: int) -> subprocess.Popen[bytes]:
    packages = []
    for name in PACKAGES:
        spec = find_spec(name)
        assert spec is not None, "we are inside these packages"
        packages.append((name, list(spec.submodule_search_locations or ())))
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own program
        [
            sys.executable, "-S", "-E", "-c", BOOT,
            json.dumps([sys.path, packages]), str(memory_bytes),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    _widen(process.stdout)
    return process


def _widen(pipe: IO[bytes]) -> None:
    """Where the system can: with the usual 64 KiB the child waits for every piece to be taken."""
    try:
        from fcntl import F_SETPIPE_SZ, fcntl
    except ImportError:
        return
    with suppress(OSError):
        fcntl(pipe, F_SETPIPE_SZ, PIPE_BYTES)
