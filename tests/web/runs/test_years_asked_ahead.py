"""A compliance plan is told pupils by year and class sizes: read at the form, told of in the result."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assessed import COUNTIES, YEAR, county_rows
from desk_cast import Cast
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from junheng.casework.returns import records_of
from junheng.errors import RefusedError
from junheng.registry import Filing, Report, Snapshot, seal
from junheng.web.actions.run_leases import finish_run, take_run
from junheng.web.actions.runs import queue_run
from junheng.web.models import Office, Run
from junheng.web.models.attachments import path_of
from junheng.web.results import reading
from junheng.web.roles import Role
from junheng.web.run_kinds import RunKind
from junheng.web.working.doing import doer
from junheng.web.working.ordering import job_of
from junheng.web.working.telling import Telling

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ON, BY = f"{YEAR + 1}-03-31", YEAR + 1
HEAD = "学校代码,学段,学年,在校生数,班数\n"
TITLE = "甲县班额"


@pytest.fixture
def city() -> Snapshot:
    """Both counties of the cast, sealed into the store of the desk."""
    parts = [county_rows(code) for code in COUNTIES]
    rows = {
        table: [{c: v for c, v in row.items() if "!" not in c} for part in parts for row in part[table]]
        for table in parts[0]
    }  # fmt: skip
    filing = Filing(tuple(records_of(rows, file="示例.xlsx")), (), (), "1-示例")
    report = Report(filing, (), (), ())
    store = Path(settings.DATA) / "store"
    return seal(report, store, year=YEAR, by="示例", on=date(YEAR, 10, 20))


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Run], Run]:
    """The run taken and done here, as its process does it."""

    def do(queued: Run) -> Run:
        run = take_run("tests")
        assert run is not None
        assert run.pk == queued.pk
        folder = Path(settings.DATA) / "results" / f"{run.pk}-1"
        folder.mkdir(parents=True)
        monkeypatch.setattr(reading, "_KEPT", reading.Kept())  # other tests had the same numbers
        monkeypatch.chdir(tmp_path)  # and back at the end: the plan works in its folder
        receipt = doer(run.kind)(job_of(run, folder), folder, Telling(io.StringIO()))
        assert finish_run(run, receipt=receipt, folder=folder.name, place=lambda: folder)
        return Run.objects.select_related("office").get(pk=run.pk)

    return do


def class_size(cast: Cast, city: Snapshot, office: Office | None = None) -> Run:
    return queue_run(
        kind=RunKind.CLASS_SIZE, title=TITLE, office=office or cast.counties[0], year=YEAR,
        by=cast.people[Role.CITY_OFFICER, "own"], settings={"on": ON, "years": 1}, snapshot=city.path.name,
        fingerprint=city.facts.fingerprint,
    )  # fmt: skip


def post(
    cast: Cast, city: Snapshot, address: str = "", *, role: Role = Role.COUNTY_OFFICER, **words: Any
) -> str:
    """What the page says; empty where a run was queued."""
    told = {
        "office": cast.counties[0].pk,
        "snapshot": city.path.name,
        "on": ON,
        "by": BY,
        "seconds": 20,
    }
    client = cast.client(role)
    answer = client.post(address or reverse("new-run-of", args=["compliance"]), told | words)
    assert answer.status_code in (200, 302)
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def table(text: str, name: str = "学生数.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEAD + text).encode())


def errors_of(page: str, field: str) -> str:
    found = re.search(rf'id="id_{field}-errors">(.*?)</p>', page, re.DOTALL)
    assert found is not None, f"no error at {field}"
    return found[1]


def a_school(city: Snapshot) -> dict[str, Any]:
    """A primary school of the first county."""
    code = next(iter(COUNTIES))
    rows = city.facts.schools.filter(location_unit=code, school_type="primary")
    return next(row for row in rows.iter_rows(named=True) if row["enrolment_primary"])


def test_wrong_cells_are_told_at_the_field(cast: Cast, city: Snapshot) -> None:
    code = a_school(city)["school_code"]
    wrong = table(f"{code},小学,{BY},三百,9\n2100000000,小学,{BY},300,9\n")
    said = errors_of(post(cast, city, pupils=wrong), "pupils")
    assert "有2处不能用" in said
    assert "第2行“在校生数”（D2）“三百”，应当是0到20000的整数" in said
    assert "第3行“学校代码”（A3）“2100000000”，应当是封存里有的学校代码" in said
    assert "学生数.csv" in said
    assert "/tmp" not in said
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("学生数.pdf", b"%PDF-1.7", "这里只收 CSV、xlsx"),
        ("学生数.csv", b"", "空"),
        ("学生数.csv", "甲,乙\n1,2\n".encode(), "没有找到表头"),
        ("学生数.xlsx", b"PK\x03\x04xl/ and nothing", "文件不完整或已损坏"),
    ],
)
def test_what_is_no_table_is_told_at_the_field(
    cast: Cast, city: Snapshot, name: str, content: bytes, said: str
) -> None:
    page = post(cast, city, pupils=SimpleUploadedFile(name, content))
    found = errors_of(page, "pupils")
    assert said in found
    assert "/tmp" not in found
    assert not Run.objects.exists()


def test_a_table_that_ends_too_early_is_told_at_the_field(cast: Cast, city: Snapshot) -> None:
    row = a_school(city)
    early = table(f"{row['school_code']},小学,{BY},{row['enrolment_primary']},9\n")
    assert f"没有写{BY + 1}学年" in errors_of(post(cast, city, pupils=early, by=BY + 1), "pupils")


def test_a_plan_is_made_for_the_pupils_of_the_table_and_says_so(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    row = a_school(city)
    pupils = row["enrolment_primary"] + 40
    text = f"{row['school_code']},小学,{BY},{pupils},{row['class_count_primary'] + 1}\n"
    assert post(cast, city, pupils=table(text, "甲县学生数.csv")) == ""
    queued = Run.objects.get()
    kept = queued.settings["pupils"]
    assert kept["name"] == "甲县学生数.csv"
    assert path_of(kept["sha256"]).read_bytes() == (HEAD + text).encode()
    run = done(queued)
    plan = json.loads((run.path / "方案.json").read_text(encoding="utf-8"))
    (count,) = plan["plan"]["settings"]["pupils"]["counts"]
    assert (count["school"], count["pupils"]) == (row["school_code"], pupils)
    assert plan["plan"]["settings"]["pupils"]["files"][0]["sha256"] == kept["sha256"]
    assert run.receipt is not None
    assert run.receipt["pupils"] == plan["plan"]["settings"]["pupils"]["sha256"]
    assert (run.path / "学生数表.csv").read_bytes() == (HEAD + text).encode()
    page = cast.client(Role.COUNTY_OFFICER).get(reverse("run", args=[run.pk])).content.decode()
    assert f"甲县学生数.csv（学生数表.csv，SHA-256 {kept['sha256'][:16]}）" in page


def test_the_table_of_an_earlier_run_is_offered_again(cast: Cast, city: Snapshot) -> None:
    row = a_school(city)
    text = f"{row['school_code']},小学,{BY},{row['enrolment_primary']},{row['class_count_primary']}\n"  # fmt: skip
    post(cast, city, pupils=table(text))
    first = Run.objects.get()
    like = f"{reverse('new-run-of', args=['compliance'])}?like={first.pk}"
    assert "沿用上次的学生数表“学生数.csv”" in cast.client(Role.COUNTY_OFFICER).get(like).content.decode()  # fmt: skip
    assert post(cast, city, like, keep_pupils="on", budget="5") == ""
    assert Run.objects.latest("pk").settings["pupils"] == first.settings["pupils"]
    assert post(cast, city, like, budget="6") == ""
    assert Run.objects.latest("pk").settings["pupils"] is None


def test_a_plan_follows_a_class_size_plan_of_the_same_county(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    """The class-size plan was made of the county alone, the compliance plan of the whole sealing."""
    sizes = done(class_size(cast, city))
    form = cast.client(Role.COUNTY_OFFICER).get(reverse("new-run-of", args=["compliance"]))
    assert f"{TITLE}（甲县，第{sizes.pk}号）" in form.content.decode()
    assert post(cast, city, class_size=sizes.pk) == ""
    run = done(Run.objects.latest("pk"))
    plan = json.loads((run.path / "方案.json").read_text(encoding="utf-8"))
    told = plan["plan"]["settings"]["pupils"]
    assert told["path_years"] == [BY]
    assert [each["kind"] for each in told["files"]] == ["class_size"]
    page = cast.client(Role.COUNTY_OFFICER).get(reverse("run", args=[run.pk])).content.decode()
    assert sizes.receipt is not None
    assert f"{TITLE}（第{sizes.pk}号，方案指纹 {sizes.receipt['plan'][:16]}）" in page


def test_another_sealing_and_another_county_are_refused_at_the_field(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    sizes = done(class_size(cast, city))
    Run.objects.filter(pk=sizes.pk).update(snapshot="2024-000000000000")
    assert "按封存 2024-000000000000 做的" in errors_of(post(cast, city, class_size=sizes.pk), "class_size")  # fmt: skip
    Run.objects.filter(pk=sizes.pk).update(snapshot=city.path.name, office=cast.counties[1])
    page = post(cast, city, class_size=sizes.pk)
    assert errors_of(page, "class_size")  # who is of one county is not offered another's
    assert Run.objects.count() == 1


def test_a_table_that_contradicts_the_class_size_plan_is_told(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    sizes = done(class_size(cast, city))
    row = a_school(city)
    other = table(f"{row['school_code']},小学,{BY},{row['enrolment_primary'] + 500},60\n")
    page = post(cast, city, class_size=sizes.pk, pupils=other)
    assert "学生数表与班额方案矛盾" in errors_of(page, "pupils")


def test_a_run_whose_table_is_gone_says_so(cast: Cast, city: Snapshot, tmp_path: Path) -> None:
    row = a_school(city)
    text = f"{row['school_code']},小学,{BY},{row['enrolment_primary']},{row['class_count_primary']}\n"  # fmt: skip
    post(cast, city, pupils=table(text))
    run = Run.objects.get()
    path_of(run.settings["pupils"]["sha256"]).unlink()
    with pytest.raises(RefusedError, match=r"找不到学生数表“学生数\.csv”"):
        job_of(run, tmp_path)


def schools_of(city: Snapshot, place: int) -> set[str]:
    """Codes of the returns of a county of the cast."""
    code = list(COUNTIES)[place]
    rows = city.facts.schools.select("school_code", "location_unit").iter_rows()
    return {school for school, unit in rows if unit == code}


def test_a_county_does_not_follow_the_class_size_plan_of_the_city(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    """The files of a run are for whoever may see it; the city's plan names other counties' schools."""
    sizes = done(class_size(cast, city, cast.city))
    page = post(cast, city, role=Role.CITY_OFFICER, class_size=sizes.pk)
    said = errors_of(page, "class_size")
    assert f"{cast.city.name}的，这里的范围是甲县，里面有别的区县的学校" in said
    assert "请选甲县自己的班额方案" in said
    assert Run.objects.count() == 1
    queued = queue_run(
        kind=RunKind.COMPLIANCE, title="甲县达标", office=cast.counties[0], year=YEAR,
        by=cast.people[Role.CITY_OFFICER, "own"], snapshot=city.path.name, fingerprint=city.facts.fingerprint,
        settings={"on": ON, "by": BY, "class_size": {"run": sizes.pk, "title": TITLE}},
    )  # fmt: skip
    with pytest.raises(RefusedError, match="里有别的区县的学校"):
        done(queued)
    folder = Path(settings.DATA) / "results" / f"{queued.pk}-1"
    told = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not any(school in told for school in schools_of(city, 1))


def test_the_files_of_a_county_name_no_school_of_another(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    """A table of the whole city, given for one county: its own rows are kept."""
    rows = [
        r for r in city.facts.schools.iter_rows(named=True)
        if r["school_type"] == "primary" and r["enrolment_primary"]
    ]  # fmt: skip
    text = "".join(
        f"{r['school_code']},小学,{BY},{r['enrolment_primary']},{r['class_count_primary']}\n"
        for r in rows
    )
    whole = f"{TITLE}.csv"
    assert post(cast, city, role=Role.CITY_OFFICER, pupils=table(text, whole)) == ""
    run = done(Run.objects.get())
    own, other = schools_of(city, 0), schools_of(city, 1)
    plan = json.loads((run.path / "方案.json").read_text(encoding="utf-8"))
    counts = plan["plan"]["settings"]["pupils"]["counts"]
    assert {each["school"] for each in counts} == own & {r["school_code"] for r in rows}
    content = (run.path / "学生数表.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line.partition(",")[0] in own]
    assert sorted(content.splitlines()[1:]) == sorted(kept)
    for path in (run.path / "方案.json", run.path / "学生数表.csv"):
        assert not any(school in path.read_text(encoding="utf-8") for school in other)
    page = cast.client(Role.COUNTY_OFFICER).get(reverse("run", args=[run.pk])).content.decode()
    assert f"{whole}里本区县的{len(kept)}行（学生数表.csv；原表 SHA-256" in page


def test_a_table_without_a_school_of_the_county_is_told_at_the_field(
    cast: Cast, city: Snapshot
) -> None:
    code = next(iter(schools_of(city, 1) & {r["school_code"] for r in city.facts.schools.iter_rows(named=True) if r["school_type"] == "primary"}))  # fmt: skip
    page = post(cast, city, pupils=table(f"{code},小学,{BY},300,9\n"))
    assert "里没有甲县的学校" in errors_of(page, "pupils")


def test_a_city_follows_a_class_size_plan_of_all_its_counties_only(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    part = done(class_size(cast, city))
    words: dict[str, Any] = {"role": Role.CITY_OFFICER, "office": cast.city.pk}
    said = errors_of(post(cast, city, class_size=part.pk, **words), "class_size")
    code, (name, _) = list(COUNTIES.items())[1]
    assert f"没有写{code}{name}的学校" in said
    assert f"{cast.counties[0].code}{cast.counties[0].name}" not in said
    whole = done(class_size(cast, city, cast.city))
    assert post(cast, city, class_size=whole.pk, **words) == ""


def test_a_plan_follows_whoever_the_county_stands_under_now(
    cast: Cast, city: Snapshot, done: Callable[[Run], Run]
) -> None:
    """Rights follow the superior of an office, not its code."""
    sizes = done(class_size(cast, city))
    county = cast.counties[0]
    county.parent = None
    county.save()
    page = post(cast, city, role=Role.CITY_OFFICER, office=cast.city.pk, class_size=sizes.pk)
    assert errors_of(page, "class_size")


@pytest.mark.parametrize("signs", [90, 200])
def test_a_long_name_of_a_table_is_no_failure(cast: Cast, city: Snapshot, signs: int) -> None:
    """Ninety Chinese characters are more bytes than a file system takes for one name."""
    row = a_school(city)
    name = "表" * signs + ".csv"
    wrong = table(f"{row['school_code']},小学,{BY},三百,9\n", name)
    said = errors_of(post(cast, city, pupils=wrong), "pupils")
    assert f"“{name[-120:]}”" in said
    assert "第2行“在校生数”" in said
    good = f"{row['school_code']},小学,{BY},{row['enrolment_primary']},{row['class_count_primary']}\n"  # fmt: skip
    assert post(cast, city, pupils=table(good, name)) == ""
    assert Run.objects.get().settings["pupils"]["name"] == name[-120:]


def test_an_ending_that_is_none_is_told_at_the_field_however_long(
    cast: Cast, city: Snapshot
) -> None:
    """A workbook is known by its content; its reader goes by the ending."""
    sheet = io.BytesIO()
    with Workbook(sheet) as book:
        book.add_worksheet().write_row(0, 0, ["学校代码", "学段", "学年", "在校生数", "班数"])
    name = "学生." + "数" * 100
    said = errors_of(post(cast, city, pupils=SimpleUploadedFile(name, sheet.getvalue())), "pupils")
    assert name in said
    assert "/tmp" not in said
    assert not Run.objects.exists()
