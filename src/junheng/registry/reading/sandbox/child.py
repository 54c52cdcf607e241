"""The child process: takes requests on its standard input, answers on its standard output."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from junheng.registry.reading.sandbox.container import kind_of
from junheng.registry.reading.sandbox.delimited import read_delimited
from junheng.registry.reading.sandbox.package import TOO_BIG, damaged
from junheng.registry.reading.sandbox.wire import Refused, Request, receive, send
from junheng.registry.reading.sandbox.workbook import read_workbook

OUT_OF_MEMORY = "S08"


def hold(memory_bytes: int) -> None:
    """Give up what reading does not need: memory beyond the cap, core dumps, writing files.

    Windows has no such limits; there the counted limits and the clock of the parent remain.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(what, (most, most))


def answers(request: Request) -> Iterator[tuple[object, ...]]:
    """Every message about one file; the last is `done` or `refusal`."""
    try:
        path = Path(os.fsdecode(request.path))
        read = read_workbook if kind_of(path) == "zip" else read_delimited
        yield from read(request, path)
        yield ("done",)
    except Refused as refused:
        yield ("refusal", refused.code, refused.found, refused.mend)
    except OSError as error:
        reason = error.strerror or "读取失败"
        yield ("refusal", "S01", f"文件打不开（{reason}）", "请关闭正在使用它的程序，检查文件权限")
    except MemoryError:
        most = request.limits.memory_bytes >> 20
        found = f"读取它需要的内存超过 {most} MB，没有读取"
        yield ("refusal", OUT_OF_MEMORY, found, TOO_BIG, True)
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes is a verdict on that file
        broken = damaged("内部结构读不懂")
        yield ("refusal", broken.code, broken.found, broken.mend)


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    encoder, decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Request)
    while (payload := receive(source)) is not None:
        for answer in answers(decoder.decode(payload)):
            send(target, encoder.encode(answer))
            if answer[1:2] == (OUT_OF_MEMORY,):
                return  # the heap is in pieces


def main() -> None:
    gc.disable()  # cells hold no cycles, and there are many of them
    hold(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
