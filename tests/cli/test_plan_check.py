"""junheng plan check, given files that somebody altered and whose hash was made good again."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from junheng.cli import run
from junheng.sample import fill_workbook
from junheng.studies.certificate import OPEN

pytestmark = pytest.mark.slow

Record = dict[str, Any]
Forged = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    book, out = folder / "县.xlsx", folder / "库"
    fill_workbook(book, seed=5, schools=12, year=2025)
    assert run(["seal", str(book), "-o", str(out), "--year", "2025", "--by", "人", "--on", "2025-10-20"]) == 0  # fmt: skip
    return out


@pytest.fixture(scope="module")
def record(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    out = tmp_path_factory.mktemp("plan")
    assert run(["plan", "comply", str(store), "--on", "2026-03-31", "--by", "2028", "-o", str(out)]) == 0  # fmt: skip
    held: Record = json.loads((out / "方案.json").read_text(encoding="utf-8"))
    return held


@pytest.fixture
def forged(
    record: Record, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Forged:
    """Status and words of `plan check` on the record after a change, its hash made good."""
    from junheng.errors import UnreadableFileError
    from junheng.studies import read_plan

    def checked(change: Callable[[Record], object]) -> tuple[int, str]:
        held = deepcopy(record)
        change(held)
        path = tmp_path / "改.json"
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        with suppress(UnreadableFileError):
            held["certificate"]["plan"] = read_plan(path)[0].hash
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        capsys.readouterr()
        status = run(["plan", "check", str(path), str(store)])
        told = capsys.readouterr()
        return status, told.out + told.err

    return checked


def action(held: Record, item: str) -> Record:
    found: Record = next(a for a in held["plan"]["actions"] if a["item"] == item)
    return found


def resize(each: Record, amount: int, year: int | None = None) -> None:
    """The action with another amount, its price and effects along with it."""
    was = each["amount"]
    for key in ("cost_yuan", "yearly_cost_yuan"):
        each[key] = str(int(each[key]) * amount // was)
    each["effects"] = {c: str(int(n) * amount // was) for c, n in each["effects"].items()}
    each["amount"], each["year"] = amount, year or each["year"]


def split(held: Record, item: str, more: int, less: int) -> None:
    """So much more of it in its year, and a negative amount in 2026."""
    each = action(held, item)
    other = deepcopy(each)
    resize(other, less, 2026)
    resize(each, each["amount"] + more)
    held["plan"]["actions"].append(other)


def test_the_plan_as_it_was_written_holds(forged: Forged) -> None:
    status, told = forged(lambda held: None)
    assert (status, "核对一致：方案成立" in told) == (0, True), told


def test_nothing_is_done_less_than_not_at_all(forged: Forged) -> None:
    """Of one lever all years together are no less than nought; each must be more than that."""
    status, told = forged(lambda held: split(held, "new_sports_ground", 1000, -1000))
    assert status == 1
    assert "核对一致" not in told


def test_one_way_is_written_once_a_year(forged: Forged) -> None:
    def twice(held: Record) -> None:
        each = action(held, "new_sports_ground")
        other = deepcopy(each)
        resize(each, each["amount"] - 1)
        resize(other, 1)
        held["plan"]["actions"].append(other)

    status, told = forged(twice)
    assert status == 1
    assert "写了两次" in told


def set_in(held: Record, path: str, value: object) -> None:
    *way, last = path.split("/")
    at: Any = held
    for key in way:
        at = at[int(key) if isinstance(at, list) else key]
    at[int(last) if isinstance(at, list) else last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("plan/actions/0/amount", 1.5),
        ("plan/actions/0/amount", "12"),
        ("plan/actions/0/amount", 0),
        ("plan/actions/0/amount", True),
        ("plan/actions/0/effects/music_rooms", "1.5"),
        ("plan/actions/0/effects/no_such", "1"),
        ("plan/actions/0/cost_yuan", "-1"),
        ("plan/actions/0/cost_yuan", "1/0"),
        ("plan/actions/0/cost_yuan", "1e999999999"),
        ("plan/actions/0/stage", "火星"),
        ("plan/settings/counties", []),
        ("plan/settings/counties", ["999999"]),
        ("plan/settings/switches", {"陌生": 1}),
        ("plan/settings/by", 2060),
        ("plan/settings", {}),
        ("plan/years", []),
        ("plan/years", [2028, 2029]),
        ("plan/years", [2027]),
        ("plan/question", "x"),
        ("plan/base_year", 1999),
        ("plan/goals/0/3", "-5"),
        ("certificate", []),
        ("陌生", 1),
    ],
)
def test_what_no_plan_can_say_is_refused_in_words(forged: Forged, path: str, value: object) -> None:
    status, told = forged(lambda held: set_in(held, path, value))
    assert status in (1, 2)
    assert "核对一致" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("cost_yuan", "1"),
        ("bound_yuan", 1.0),
        ("gap", 0.5),
        ("on", "2018-01-01"),
        ("by", 2030),
        ("counties", {"410199": "别的县"}),
        ("prices/status", "已由财政局核对"),
        ("prices/title", "官方价格"),
        ("assumptions", []),
        ("paid_by_budget", [{"year": 2026}]),
        ("unmet_before", []),
        ("unmet_after", [{"kind": "part"}]),
        ("teachers_moved", 0),
        ("spreads", []),
        ("spreads/0/after", 0.01),
        ("certificate/holds", False),
        ("certificate/facts", "0" * 64),
        ("certificate/cost_yuan", "1"),
        ("certificate/lines/0/after", "不适用"),
        ("certificate/areas/410199/0/before", "不适用"),
        ("fewest_unmet_proven", 3),
        ("fewest_moved_proven", 99),
        ("plan/goals/1/3", "99999999999"),
        ("plan/goals/1/3", "1"),
        ("plan/goals/1/0", "别的"),
    ],
)
def test_a_word_or_number_changed_anywhere_is_found(
    forged: Forged, path: str, value: object
) -> None:
    status, told = forged(lambda held: set_in(held, path, value))
    assert status == 1
    assert "核对一致" not in told


def test_goals_are_in_the_hash(record: Record, tmp_path: Path) -> None:
    from junheng.studies import read_plan

    found = set()
    for bound in ("0", "1"):
        held = deepcopy(record)
        held["plan"]["goals"][1][3] = bound
        path = tmp_path / f"{bound}.json"
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        found.add(read_plan(path)[0].hash)
    assert len(found) == 2


def test_what_is_only_claimed_is_said_to_be(forged: Forged) -> None:
    _, told = forged(lambda held: None)
    assert "没有重新证明" in told
    assert "费用下界" in told


def nothing_done(held: Record) -> None:
    """No action, and a record that agrees with it everywhere."""
    left = held["unmet_before"]
    held["plan"]["actions"] = []
    number = str(len(left))
    for place, value in enumerate((number, "0", "0")):
        held["plan"]["goals"][place][2:] = [value, value]
    held |= {
        "cost_yuan": "0", "bound_yuan": 0.0, "gap": 0.0, "unmet_after": left,
        "fewest_unmet_proven": len(left), "teachers_moved": 0, "fewest_moved_proven": 0,
    }  # fmt: skip
    told = held["certificate"]
    told["cost_yuan"], told["new_land"] = "0", []
    open_ = {each["line"] for each in left}
    for line in told["lines"]:
        line["after"] = line["before"]
        line["reach"] = OPEN if line["code"] in open_ else line["reach"]
    for areas in told["areas"].values():
        for area in areas:
            area["after"] = area["before"]
    for spread in held["spreads"]:
        spread["after"], spread["verdict_after"] = spread["before"], spread["verdict_before"]


def test_a_plan_that_does_nothing_is_not_simply_right(forged: Forged, record: Record) -> None:
    """Nothing in it is wrong: what it leaves unmet is counted aloud, and that no plan leaves less is
    what the solver says."""
    number = len(record["unmet_before"])
    assert number > len(record["unmet_after"])
    status, told = forged(nothing_done)
    assert "不符：" not in told
    assert f"费用0.0万元；达不到的要求{number}项。" in told
    assert f"达不到的要求最少{number}项（求解器的说法）" in told
    last = told.strip().splitlines()[-1]
    assert (
        last == f"核对一致：方案成立，但有{number}项达不到；不能再少是求解器的说法，没有重新证明。"
    )
    assert status == 1


def test_a_plan_that_leaves_more_than_its_solver_proved_is_told_as_such(
    forged: Forged, record: Record
) -> None:
    """Nobody says that fewer cannot be: the search ended with a bound of three."""

    def ended(held: Record) -> None:
        nothing_done(held)
        held["plan"]["goals"][0][3] = "3"
        held["fewest_unmet_proven"] = 3

    number = len(record["unmet_before"])
    assert number > 3
    status, told = forged(ended)
    assert "不符：" not in told
    assert "不能再少" not in told
    said = f"核对一致：方案成立，但有{number}项达不到；求解停在这里，求解器只说至少有3项达不到，没有重新证明。"
    assert told.strip().splitlines()[-1] == said
    assert status == 1


def test_a_plan_that_does_nothing_and_says_it_leaves_less_is_wrong(forged: Forged) -> None:
    def one_less(held: Record) -> None:
        nothing_done(held)
        held["unmet_after"] = held["unmet_after"][:-1]
        number = len(held["unmet_after"])
        held["plan"]["goals"][0][2:] = [str(number), str(number)]
        held["fewest_unmet_proven"] = number

    status, told = forged(one_less)
    assert status == 1
    assert "不符：方案说有" in told
    assert told.strip().splitlines()[-1] == "核对不一致：这份方案不能采用。"


def test_what_was_asked_is_said(forged: Forged) -> None:
    _, told = forged(lambda held: None)
    for word in (
        "2026-03-31", "2017-quality", "2028学年", "410199", "没有给出限制", "没有经费上限", "未核对",
    ):  # fmt: skip
        assert word in told, word


def test_another_program_is_said_to_be_another(forged: Forged, record: Record) -> None:
    status, told = forged(lambda held: held["certificate"].update(code_sha256="0" * 64))
    assert (status, "代码不同" in told) == (0, True)
    _, told = forged(lambda held: None)
    assert "代码不同" not in told


@pytest.mark.parametrize(
    "words",
    [("--gap", "-1"), ("--gap", "nan"), ("--gap", "5"), ("--seconds", "-3"), ("--seconds", "nan")],
)
def test_a_gap_or_a_time_that_is_none_is_refused(
    store: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), "--on", "2026-03-31", "--by", "2028", *words]) == 2
    assert "应当" in capsys.readouterr().err
