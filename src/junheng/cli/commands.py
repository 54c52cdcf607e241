"""Every command of the command line, and running one of them: parse, call one thing, show it."""

import os
import sys

import typer

from junheng.cli import (
    aggregating,
    balance,
    filing,
    following,
    importing,
    measuring,
    national,
    planning,
    reporting,
    sampling,
    serving,
    standing,
    store,
    targeting,
    working,
)
from junheng.cli.chinese import ChineseGroup, usage_sentence
from junheng.errors import JunhengError

app = typer.Typer(
    name="junheng",
    cls=ChineseGroup,
    help="均衡：从一县填报的工作簿，到一个精确、可追溯的优质均衡结论。",
    invoke_without_command=False,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
filing.enter(app)
importing.enter(app)
aggregating.enter(app)
measuring.enter(app)
balance.enter(app)
national.enter(app)
sampling.enter(app)
standing.enter(app)
targeting.enter(app)
following.enter(app)
planning.enter(app)
reporting.enter(app)
store.enter(app)
serving.enter(app)
working.enter(app)


def run(words: list[str]) -> int:
    """Run one command and return its exit status."""
    try:
        status = app(words or ["--help"], standalone_mode=False)
    except JunhengError as error:
        return _refuse(str(error), error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from junheng.registry.whole_file import reason_of

        named = error.filename or "文件"
        return _refuse(
            f"“{named}”读不出或写不进（{reason_of(error)}）。请核对路径、权限和磁盘空间。", 1
        )
    except Exception as error:
        if not hasattr(error, "exit_code"):
            raise
        return _refuse(usage_sentence(error), 2)
    return int(status or 0)


def _refuse(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return status
