"""The command line: parse, call one thing, show it. Heavy imports wait until there is work.

Exit status: 0 done; 1 the material is at fault (a 必须改 finding, an unreadable file); 2 the call is.
"""

import sys

import typer

from junheng.cli import filing, measuring, sampling
from junheng.errors import JunhengError

app = typer.Typer(
    name="junheng",
    help="均衡：从一县填报的工作簿，到一个精确、可追溯的优质均衡结论。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
filing.enter(app)
measuring.enter(app)
sampling.enter(app)


def main() -> None:
    """Run the command line; a JunhengError is a sentence, anything else is our bug and shows itself."""
    try:
        app()
    except JunhengError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_status)
