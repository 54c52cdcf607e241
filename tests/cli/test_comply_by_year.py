"""junheng plan comply with pupils by year and with a class-size plan; plan check from the files alone."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from plan.compliance.years import as_filed, text_of

from junheng.cli import run
from junheng.registry import Snapshot
from junheng.sample import fill_workbook

pytestmark = pytest.mark.slow

ON = ("--on", "2026-03-31")
PATH = "本方案约束（按班额方案）"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("by-year")
    book, out = folder / "县.xlsx", folder / "库"
    fill_workbook(book, seed=5, schools=9, year=2025)
    assert run(["seal", str(book), "-o", str(out), "--year", "2025", "--by", "人", "--on", "2025-10-20"]) == 0  # fmt: skip
    return out


@pytest.fixture(scope="module")
def table(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = Snapshot.open(store).facts
    path = tmp_path_factory.mktemp("table") / "学生数.csv"
    path.write_text(text_of(as_filed(facts, 2029, lambda n: n + n // 8)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def classes(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("classes")
    assert run(["plan", "class-size", str(store), *ON, "--years", "3", "-o", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def grown(store: Path, table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("grown")
    assert run(["plan", "comply", str(store), *ON, "--by", "2028", "--pupils", str(table), "-o", str(out)]) == 0  # fmt: skip
    return out / "方案.json"


@pytest.fixture(scope="module")
def followed(store: Path, classes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("followed")
    run(["plan", "comply", str(store), *ON, "--by", "2026", "--class-size", str(classes), "-o", str(out)])  # fmt: skip
    return out / "方案.json"


def held_in(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_plan_by_year_is_checked_from_its_file_and_the_snapshot_alone(
    grown: Path, store: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "check", str(grown), str(store)]) == 0
    said = capsys.readouterr().out
    assert "核对一致：方案成立" in said
    assert "学生数：学生数.csv（内容在方案里" in said
    assert "2029学年（2026-03-31的要求）：方案约束的" in said
    held = held_in(grown)
    assert held["plan"]["years"] == [2028, 2029]
    told = held["plan"]["settings"]["pupils"]
    assert len(told["counts"]) == len(table.read_text(encoding="utf-8").splitlines()) - 1
    assert held["certificate"]["later"][0]["year"] == 2029


@pytest.mark.parametrize("change", ["pupils", "hash", "year", "action", "years"])
def test_a_plan_by_year_that_was_altered_is_found(
    grown: Path, store: Path, tmp_path: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from junheng.studies import read_plan

    held = held_in(grown)
    told = held["plan"]["settings"]["pupils"]
    if change == "pupils":
        told["counts"][0]["pupils"] -= 1
    elif change == "hash":
        told["sha256"] = "0" * 64
    elif change == "year":
        later = next(a for a in held["plan"]["actions"] if a["year"] == 2028)
        later["year"] = 2029
    elif change == "action":
        held["plan"]["actions"] = [a for a in held["plan"]["actions"] if a["year"] != 2029]
    else:
        held["plan"]["years"] = [2028]
    path = tmp_path / "改.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    held["certificate"]["plan"] = read_plan(path, Snapshot.open(store).facts)[0].hash
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    assert run(["plan", "check", str(path), str(store)]) == 1
    said = capsys.readouterr().out
    assert "核对不一致" in said
    assert "证书里的哈希不符" not in said


def test_the_table_is_compared_with_the_plan_where_it_is_given(
    grown: Path, store: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["plan", "check", str(grown), str(store)]
    assert run(words) == 0
    assert "没有与它们核对" in capsys.readouterr().out
    assert run([*words, "--pupils", str(table)]) == 0
    said = capsys.readouterr().out
    assert "给出的学生数表、班额方案与方案里写的内容相同" in said
    assert "没有与它们核对" not in said
    assert "另存过" not in said
    text = table.read_text(encoding="utf-8")
    again = tmp_path / "另存.csv"
    again.write_text(text + "\n", encoding="utf-8")
    assert run([*words, "--pupils", str(again)]) == 0
    assert "另存过" in capsys.readouterr().out
    head, first, *rest = text.splitlines()
    *start, pupils, classes = first.split(",")
    again.write_text("\n".join([head, ",".join([*start, str(int(pupils) + 1), classes]), *rest]), "utf-8")  # fmt: skip
    assert run([*words, "--pupils", str(again)]) == 1
    said = capsys.readouterr().out
    assert f"不符：给出的学生数表、班额方案与方案里写的不同，共1处，先是{start[0]}" in said


def test_a_class_size_plan_is_compared_with_the_plan_where_it_is_given(
    followed: Path, store: Path, classes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["plan", "check", str(followed), str(store), "--class-size"]
    run([*words, str(classes)])
    assert "给出的学生数表、班额方案与方案里写的内容相同" in capsys.readouterr().out
    path = json.loads((classes / "class_size.json").read_text(encoding="utf-8"))
    path["actions"] = [a for a in path["actions"] if a["item"] != "class_opening"]
    (tmp_path / "class_size.json").write_text(json.dumps(path), encoding="utf-8")
    assert run([*words, str(tmp_path)]) == 1
    assert "与方案里写的不同（增班或班额方案的学年）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["counts"][0].update(year=2040), "2040学年不在2026到2035之间"),
        (lambda told: told["counts"].append(dict(told["counts"][0])), "写了2次"),
        (lambda told: told["counts"][0].update(classes=None), "没有班数"),
        (lambda told: told["counts"][0].update(classes=0), "名学生、0个班"),
        (lambda told: told.update(path_years=[2029]), "班额方案的学年与所用的文件不符"),
        (lambda told: told["counts"][0].update(sizes=[[1, [40, 41]]]), "不在班额方案的学年里"),
        (lambda told: told["counts"][0].update(school="0000000000"), "封存里没有这个学校、学段"),
        (lambda told: told["counts"].append({**told["counts"][0], "year": 2030}), "没有写2030学年"),
    ],
)  # fmt: skip
def test_pupils_that_no_table_could_tell_are_refused_in_a_plan(
    grown: Path, store: Path, tmp_path: Path, change, said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Altered, with the hash of the content made good again."""
    from junheng.plan.compliance import read_back

    held = held_in(grown)
    told = held["plan"]["settings"]["pupils"]
    change(told)
    told["sha256"] = read_back(told).content_sha256
    path = tmp_path / "改.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    assert run(["plan", "check", str(path), str(store)]) == 1
    found = capsys.readouterr().out
    assert "核对不一致" in found
    assert said in found


def test_the_screen_and_the_book_show_every_year(
    store: Path, table: Path, grown: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), *ON, "--by", "2028", "--pupils", str(table)]) == 0
    said = capsys.readouterr().out
    for word in ("2028学年", "2029学年", "逐年推演", "学生数.csv"):
        assert word in said
    book = load_workbook(grown.parent / "达标方案.xlsx")
    years = {row[6] for row in book["证书"].iter_rows(values_only=True) if row[1] == "L5"}
    assert years == {"2028", "2029"}
    assert {row[3] for row in book["措施"].iter_rows(values_only=True)} >= {"2028", "2029"}


def test_class_sizes_follow_the_class_size_plan(
    followed: Path, store: Path, classes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = held_in(followed)
    path = json.loads((classes / "class_size.json").read_text(encoding="utf-8"))
    certificate = held["certificate"]
    assert held["plan"]["years"] == [2026, 2027, 2028]
    unmended = {
        (school["counted_in"], year["year"])
        for county in path["counties"] for school in county["schools"]
        for year in school["years"] if not year["legal"]
    }  # fmt: skip
    assert certificate["holds"]
    open_ = {
        (each["school"], each["year"]) for each in held["unmet_after"] if each["line"] == "GV5"
    }
    assert open_ == unmended
    for standing in (certificate, *certificate["later"]):
        lines = {each["code"]: each for each in standing["lines"]}
        assert lines["GV4"]["reach"] == PATH or lines["GV4"]["after"] != "达标"
        assert (lines["GV5"]["after"] == "达标") == (lines["GV5"]["reach"] == PATH)
    run(["plan", "check", str(followed), str(store)])
    said = capsys.readouterr().out
    assert "核对一致" in said
    assert "学生数：class_size.json" in said


def test_where_every_class_is_within_its_limit_class_size_is_held_by_its_plan(
    store: Path, classes: Path, tmp_path: Path
) -> None:
    """The same class-size plan, as it would be if there were rooms enough in 2026."""
    path = json.loads((classes / "class_size.json").read_text(encoding="utf-8"))
    path["years"] = [2026]
    for school in (s for county in path["counties"] for s in county["schools"]):
        school["years"] = school["years"][:1]
        school["years"][0]["legal"] = True
        for grade in school["years"][0]["grades"]:
            pupils, number = grade["pupils"], -(-grade["pupils"] // grade["limit"])
            grade["classes"] = [pupils // number + (i < pupils % number) for i in range(number)] if number else []  # fmt: skip
    (tmp_path / "class_size.json").write_text(json.dumps(path), encoding="utf-8")
    words = ["--by", "2026", "--class-size", str(tmp_path), "-o", str(tmp_path)]
    run(["plan", "comply", str(store), *ON, *words])
    certificate = held_in(tmp_path / "方案.json")["certificate"]
    lines = {each["code"]: each for each in certificate["lines"]}
    assert certificate["holds"]
    assert (lines["GV5"]["before"], lines["GV5"]["after"]) == ("未达标", "达标")
    assert lines["GV5"]["reach"] == PATH


def test_the_plan_buys_what_the_new_classes_need(followed: Path, classes: Path) -> None:
    path = json.loads((classes / "class_size.json").read_text(encoding="utf-8"))
    bought: dict[tuple[str, str], int] = {}
    for action in held_in(followed)["plan"]["actions"]:
        key = (action["school"], action["item"])
        bought[key] = bought.get(key, 0) + action["amount"]
    opened: dict[str, int] = {}
    heads = {s["code"]: s["counted_in"] for county in path["counties"] for s in county["schools"]}
    for action in path["actions"]:
        if action["item"] == "class_opening":
            head = heads[action["school"]]
            opened[head] = opened.get(head, 0) + action["amount"]
    assert opened
    assert {code: bought.get((code, "class_opening"), 0) for code in opened} == opened


def test_a_table_that_contradicts_the_class_size_plan_is_refused_by_name(
    store: Path, classes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = Snapshot.open(store).facts
    path = tmp_path / "学生数.csv"
    path.write_text(text_of(as_filed(facts, 2027, lambda n: 2 * n)), encoding="utf-8")
    words = ["--by", "2026", "--class-size", str(classes), "--pupils", str(path)]
    assert run(["plan", "comply", str(store), *ON, *words]) == 2
    said = capsys.readouterr().err
    assert "学生数表与班额方案矛盾" in said
    assert "“学生数.csv”是" in said
    assert "“class_size.json”是" in said


def test_a_class_size_plan_of_other_facts_and_no_plan_at_all_are_refused(
    store: Path, classes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = json.loads((classes / "class_size.json").read_text(encoding="utf-8"))
    held["receipt"]["facts"] = "f" * 64
    (tmp_path / "class_size.json").write_text(json.dumps(held), encoding="utf-8")
    words = ["plan", "comply", str(store), *ON, "--by", "2026", "--class-size"]
    assert run([*words, str(tmp_path)]) == 1
    assert "不能合在一起" in capsys.readouterr().err
    (tmp_path / "class_size.json").write_text("{}", encoding="utf-8")
    assert run([*words, str(tmp_path)]) == 1
    assert "不是班额方案" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--relax", "X9"), "没有例外“X9”"),
        (("--relax", "X2", "--reading", "x2=off"), "矛盾"),
        (("--reading", "x2=on", "--reading", "x2=off"), "两种读法"),
        (("--variant", "自创"), "没有名为“自创”的差异系数算法"),
        (("--scheme", "2012-basic"), "不能做达标方案"),
        (("--scheme", "2099"), "2099"),
    ],
)
def test_switches_that_contradict_or_are_not_known_are_refused(
    store: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), *ON, "--by", "2028", *words]) == 2
    assert told in capsys.readouterr().err


def test_the_switches_of_a_plan_are_those_of_assess(store: Path, tmp_path: Path) -> None:
    words = ["--variant", "unweighted_sample", "--relax", "X3"]
    assert (
        run(["plan", "comply", str(store), *ON, "--by", "2028", *words, "-o", str(tmp_path)]) == 0
    )
    held = held_in(tmp_path / "方案.json")
    taken = held["plan"]["settings"]["switches"]
    assert (taken["variant"], taken["relaxations"]) == ("unweighted_sample", ["X3"])
    assert run(["plan", "check", str(tmp_path / "方案.json"), str(store)]) == 0
