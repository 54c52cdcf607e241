"""Opening the desk in a process of its own, so that the one that serves has computed nothing.

The server divides itself into processes. What has once used Polars has threads of it, and a process
divided from it would wait for them for ever at its first computation: an upload, a preview.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from junheng.errors import JunhengError, MisuseError


def open_desk_apart(data: Path, **choices: Any) -> Any:
    """`opening.open_desk` with the same choices, done elsewhere; prints what it is doing.

    Raises MisuseError with the sentence of whatever refused there.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        told, refused = pool.submit(_open, data, choices).result()
    if refused:
        raise MisuseError(refused)
    return told


def _open(data: Path, choices: dict[str, Any]) -> tuple[Any, str]:
    from junheng.web.starting import set_up

    set_up(data)
    from junheng.web.serving.opening import open_desk

    try:
        return open_desk(data, progress=_say, **choices), ""
    except JunhengError as error:
        return None, str(error)


def _say(line: str) -> None:
    import typer

    typer.echo(line)
