"""Help texts: wholly Chinese, the two columns one under the other."""

from unicodedata import east_asian_width

import pytest

from junheng.cli import run
from junheng.cli.chinese import aligned


def wide(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("command", ["sample", "check", "report", "assess"])
def test_what_the_options_mean_stands_in_one_column(command, capsys):
    run([command, "--help"])
    lines = capsys.readouterr().out.split("选项：\n")[1].splitlines()
    assert len(lines) > 3
    begins = {wide(line) - wide(line[2:].split("  ", 1)[1].lstrip()) for line in lines}
    assert len(begins) == 1, lines


def test_a_line_that_was_broken_off_is_one_line_again():
    broken = "  --kind 种类  只要哪种，\n                    可写多次\n  --on / --off\n                    开或关"
    assert aligned(broken) == "  --kind 种类   只要哪种， 可写多次\n  --on / --off  开或关"


def test_paragraphs_stay_as_they_are():
    assert aligned("  一句话。\n\n参数：") == "  一句话。\n\n参数："
