"""A plan for too little money is certified too: a part left unmet is forgiven no other indicator."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from plan.compliance.sealing import sealed

from junheng.diagnosis import Verdict
from junheng.studies import plan_to_comply
from junheng.studies.certificate import OPEN


def test_a_line_that_fails_only_at_parts_left_unmet_is_open_not_broken(tmp_path: Path) -> None:
    """The school rule counts one requirement where a part lacks two indicators: the other may stay
    behind, but only while the first is met."""
    snapshot = sealed(tmp_path, seed=6, schools=12)
    study = plan_to_comply(snapshot, on=date(2026, 3, 31), by=2027, budget=Fraction(700_000))
    left = {each.line for each in study.answer.left}
    assert left
    assert study.certificate.holds, study.certificate.faults
    beside = [
        line
        for line in study.certificate.lines
        if line.reach == OPEN and line.code not in left and line.after is Verdict.FAIL
    ]
    assert beside
