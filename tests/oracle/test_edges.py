"""Each line on its limit and a step beside it: both engines say what was worked out by hand."""

from itertools import groupby

import pytest

from oracle.cases import both, renamed
from oracle.clean import COUNTY, clean_county
from oracle.lines import AREAS
from oracle.many_edges import all_edges
from oracle.verdicts import PASS, worst
from oracle.view import differences, plain

LINES = tuple(line for area in AREAS.values() for line in area)
MOST = 12
"""So many counties go through the engines at once."""


def groups():
    """Edges of one line under the same choices, a dozen at a time."""
    edges = all_edges()
    edges.sort(key=lambda edge: (edge.line, edge.setting))
    for (line, (relaxed, read)), found in groupby(edges, key=lambda e: (e.line, e.setting)):
        listed = list(found)
        for start in range(0, len(listed), MOST):
            name = "-".join([line, *relaxed, *("=".join(each) for each in read), str(start)])
            yield pytest.param(listed[start : start + MOST], id=name)


def test_the_clean_county_passes_every_line():
    ours, theirs = both(clean_county(), [])
    assert set(theirs[COUNTY]["lines"]) == set(LINES)
    assert set(theirs[COUNTY]["lines"].values()) == {PASS}
    assert plain(ours) == theirs


@pytest.mark.parametrize("edges", list(groups()))
def test_an_edge_turns_its_own_line_and_no_other(edges):
    rows: dict[str, list[dict]] = {}
    for number, edge in enumerate(edges):
        for table, listed in renamed(edge.rows(), number).items():
            rows.setdefault(table, []).extend(listed)
    ours, theirs = both(
        rows, [], relaxations=edges[0].relaxations, readings=dict(edges[0].readings)
    )
    said = plain(ours)
    for number, edge in enumerate(edges):
        told = said[f"{COUNTY}-{number}"]["lines"]
        expected = {**dict.fromkeys(LINES, PASS), edge.line: edge.verdict, **dict(edge.beside)}
        assert told == expected, edge.name
        assert said[f"{COUNTY}-{number}"]["whole"] == worst(expected.values()), edge.name
    assert differences(said, theirs)[:1] == []
