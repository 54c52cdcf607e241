"""郑政〔2023〕26号 as data: nothing of it is missing, every target says what it must."""

import re
from collections import Counter
from datetime import date

import pytest

from junheng.diagnosis.measures import MEASURES
from junheng.errors import DeclarationError, MisuseError
from junheng.standards import Policy, documents, places
from junheng.standards import policy as questions

NAME, CITY, ON = "郑政〔2023〕26号", "410100", date(2026, 11, 24)
COMMITMENTS = {
    1: 2, 2: 5, 3: 7, 4: 3, 5: 5, 6: 3, 7: 6, 8: 3, 9: 6, 10: 1, 11: 5, 12: 2, 13: 2, 14: 2, 15: 6,
    16: 3, 17: 5, 18: 3, 19: 2, 20: 3, 21: 2, 22: 1, 23: 2,
}  # fmt: skip
"""Article → commitments (policy.md, the tables of the articles); 79 in all."""
FIGURES = {
    "C03.1": "150", "C03.2": "90000", "C03.3": "40000", "C07.1": "40", "C07.2": "75", "C07.3": "120",
    "C07.4": "220", "C07.5": "3000", "C07.6": "3000", "C09.1": "195", "C09.2": "120", "C09.3": "100",
    "C09.5": "400", "C15.1": "75", "C15.2": "150", "C15.3": "85", "C17.2": "30", "C17.3": "1",
}  # fmt: skip
"""The 18 counted figures of policy.md Appendix A."""
DATES = {
    "2023-12-31": {"C09.1", "C09.2"},
    "2024-12-31": {"C09.3"},
    "2025-12-31": {
        "C02.1", "C02.2", "C03.1", "C07.1", "C07.2", "C07.3", "C07.4", "C07.5", "C07.6",
        "C15.1", "C15.2", "C15.3", "C15.4", "C15.5", "C15.6", "C17.2", "C17.3",
    },
    "2026-08-31": {"C03.4"},
    "2026-12-31": {"C03.2", "C03.3", "C09.5", "C09.6"},
    "2027-12-31": {"C02.4"},
    "2035-12-31": {"C02.5"},
}  # fmt: skip
MECHANISMS = {
    1: 2, 2: 3, 3: 4, 4: 3, 5: 4, 6: 2, 7: 5, 8: 3, 9: 2, 10: 3, 11: 5, 12: 3, 13: 1, 14: 2, 15: 2,
    16: 3, 17: 5, 18: 3, 19: 2, 20: 2, 21: 3, 22: 1, 23: 3,
}  # fmt: skip
ORDERED = {3: 2, 4: 1, 5: 1, 6: 1, 7: 2, 8: 1, 9: 3, 12: 2, 14: 1, 16: 2, 17: 1, 18: 1, 19: 2, 20: 2, 21: 1}  # fmt: skip


@pytest.fixture(scope="module")
def document():
    return documents()[NAME]


@pytest.fixture(scope="module")
def commitments(document):
    return {t.code: t for t in document.target if not t.reading}


def by_article(items):
    return Counter(int(each.article.removeprefix("§")) for each in items)


def test_the_document_says_when_it_was_issued_and_since_when_it_binds(document):
    assert (document.issued, document.in_force) == (date(2023, 12, 27), date(2024, 1, 9))
    assert (document.place, document.checked) == (CITY, "未核对")


def test_every_commitment_is_there_under_its_article(commitments):
    assert len(commitments) == 79
    assert by_article(commitments.values()) == COMMITMENTS
    assert set(commitments) == {
        f"C{article:02}.{n}" for article, count in COMMITMENTS.items() for n in range(1, count + 1)
    }
    for target in commitments.values():
        assert target.article == f"§{int(target.code[1:3])}"


def test_the_eighteen_counted_figures_are_those_of_the_text(commitments):
    assert len(FIGURES) == 18
    assert {code: commitments[code].value for code in FIGURES} == FIGURES
    assert {commitments[code].confidence for code in FIGURES} == {"H"}


def test_the_deadlines_are_those_of_the_text(commitments):
    found: dict[str, set[str]] = {}
    for target in commitments.values():
        if target.due:
            found.setdefault(target.due.isoformat(), set()).add(target.code)
    assert found == DATES


def test_every_ordered_document_is_there_and_none_is_said_to_be_issued(document):
    assert [each.code for each in document.ordered] == [f"D{n:02}" for n in range(1, 24)]
    assert by_article(document.ordered) == ORDERED
    assert {each.status for each in document.ordered} == {"未核对"}
    copies = {each.code: each.copies for each in document.ordered if each.copies != 1}
    assert copies == {"D01": 7, "D12": 16}


def test_every_mechanism_is_there(document):
    assert [each.code for each in document.mechanism] == [f"M{n:02}" for n in range(1, 67)]
    assert by_article(document.mechanism) == MECHANISMS


def test_every_target_says_who_owns_it_how_strong_it_is_and_where_it_comes_from(document):
    for target in document.target:
        assert target.owner.strip(), target.code
        assert target.owner_basis in ("text", "inferred")
        assert target.title.strip(), target.code
        assert target.title_en.strip(), target.code
        assert target.measure.strip(), target.code
        assert target.source == f"26号 {target.article}"
        assert target.due is None or target.period_start is None or target.period_start < target.due


def test_what_has_no_number_has_no_comparison_and_no_source_of_figures(commitments):
    trends = {"rising", "not_falling", "falling"}
    for target in commitments.values():
        if target.value is None and target.comparator not in trends:
            assert target.data_source == "none", target.code
        if target.data_source == "none":
            assert target.value is None, target.code


def test_a_computed_target_names_a_measure_that_exists(document):
    for target in document.target:
        assert bool(target.formula) == (target.data_source == "facts"), target.code
        assert not target.formula or target.formula in MEASURES, target.code


def test_a_base_of_zero_is_given_only_where_new_things_are_counted_from_a_day(document):
    for target in document.target:
        if target.base_value is not None:
            assert target.base_value == "0"
            assert target.base_date == target.period_start is not None


def test_a_tolerance_is_nowhere_invented(document):
    assert {t.tolerance for t in document.target} == {None}


def test_a_dagger_marks_what_is_our_reading_and_it_is_never_given_as_certain(commitments):
    for target in commitments.values():
        if "读法†" in target.measure and target.code not in FIGURES:
            assert target.confidence == "D", target.code


# --- open points ---------------------------------------------------------------------------------


def test_the_eleven_points_of_appendix_c_are_switches_with_a_default_and_a_question(document):
    numbers = [s.source.removeprefix("附录C-") for s in document.switch if "附录C" in s.source]
    assert numbers == [str(n) for n in range(1, 12)]
    for switch in document.switch:
        assert switch.default in [o.code for o in switch.option], switch.code
        assert len(switch.option) > 1
        assert switch.question.endswith("？")


def test_every_option_but_the_default_changes_a_target_or_a_set_of_places(document):
    """“definitions” and “scope-sets” included; an option that did nothing would be no reading."""
    named = {each.reading for each in (*document.target, *document.scope_set) if each.reading}
    options = {
        f"{s.code}={o.code}" for s in document.switch for o in s.option if o.code != s.default
    }
    assert named == options


def test_a_reading_stands_in_for_a_commitment_that_its_switch_touches(document, commitments):
    touches = {s.code: s.touches for s in document.switch}
    for target in document.target:
        if target.reading:
            assert target.instead_of in commitments
            assert target.instead_of in touches[target.reading.partition("=")[0]]
            assert re.fullmatch(r"C\d{2}\.\d{1,2}[a-z]", target.code)


@pytest.mark.parametrize(
    ("readings", "commitment", "taken"),
    [
        ({}, "C03.2", "C03.2"),
        ({"seats": "gross-2024"}, "C03.2", "C03.2b"),
        ({"seats": "net-2023"}, "C03.3", "C03.3n"),
        ({"class-size": "schools"}, "C03.4", "C03.4s"),
        ({"education-spending": "all"}, "C05.1", "C05.1g"),
        ({"group-coverage": "pupils"}, "C15.3", "C15.3p"),
        ({"by-2026": "autumn"}, "C09.5", "C09.5d"),
    ],
)
def test_a_reading_puts_its_target_in_the_place_of_the_default(readings, commitment, taken):
    policy = Policy.at(CITY, ON, readings=readings)
    promise = policy.promises[commitment]
    assert promise.target.code == taken
    assert promise.code == commitment
    assert len(policy.promises) == 79
    assert taken not in [other.code for other in promise.others]


def test_a_reading_of_the_base_date_moves_the_start_of_the_straight_line():
    target = Policy.at(CITY, ON, readings={"seats": "gross-2024"}).promises["C03.2"].target
    assert target.base_date == target.period_start == date(2024, 1, 1)


def test_readings_that_do_not_exist_or_do_not_go_together_are_refused():
    with pytest.raises(MisuseError, match="没有名为“seat”的未决口径"):
        Policy.at(CITY, ON, readings={"seat": "net-2023"})
    with pytest.raises(MisuseError, match="没有“net”这个选项"):
        Policy.at(CITY, ON, readings={"seats": "net"})
    with pytest.raises(MisuseError, match=r"同时改动 C03\.2"):
        Policy.at(CITY, ON, readings={"seats": "net-2023", "by-2026": "autumn"})


def test_a_reading_of_something_that_is_not_there_is_named(monkeypatch, document):
    import msgspec

    lost = msgspec.structs.replace(
        document.target[-1], reading="seats=net-2023", instead_of="C99.1", code="C99.1n"
    )
    broken = msgspec.structs.replace(document, target=(*document.target, lost))
    monkeypatch.setattr(questions, "documents", lambda: {NAME: broken})
    with pytest.raises(DeclarationError, match=r"C99\.1n.*C99\.1"):
        Policy.at(CITY, ON, readings={"seats": "net-2023"})


# --- when and where ------------------------------------------------------------------------------


def test_the_policy_binds_from_its_day_and_not_the_day_before():
    assert len(Policy.at("410105", date(2024, 1, 9)).promises) == 79
    with pytest.raises(MisuseError, match=r"2024-01-08.*2024-01-09"):
        Policy.at("410105", date(2024, 1, 8))


def test_a_place_outside_the_city_has_no_such_targets():
    with pytest.raises(MisuseError, match="421000"):
        Policy.at("421000", ON)


def members(scope, **readings):
    return set(Policy.at(CITY, ON, readings=readings).members(scope))


def test_the_scope_sets_have_the_members_of_the_table():
    districts = {"410102", "410103", "410104", "410105", "410108"}
    core = districts | {"4101ZD", "410171", "410172"}
    outer = {"410106", "410122", "410181", "410182", "410183", "410184", "410185"}
    zones = {"4101ZD", "410171", "410172", "410173"}
    assert members("CORE") == members("CENTRE") == core
    assert members("OUTER") == outer
    assert members("ZONES") == zones
    assert members("CITY") == core | outer | zones
    assert len(members("CITY")) == 16
    assert members("OTHERS") == members("CITY") - {"410105", "410122"}


def test_the_airport_zone_is_in_neither_set_unless_a_reading_says_so():
    assert "410173" not in members("CORE") | members("OUTER")
    assert "410173" in members("CORE", **{"scope-sets": "airport-core"})
    assert "410173" in members("CENTRE", **{"scope-sets": "airport-core"})
    assert "410173" in members("OUTER", **{"scope-sets": "airport-outer"})
    assert "410173" not in members("CORE", **{"scope-sets": "airport-outer"})


def test_every_scope_is_a_set_of_the_document_or_a_known_place(document):
    codes = {each.code for each in document.scope_set}
    for target in document.target:
        assert target.scope in codes | set(places()), target.code
    for each in document.scope_set:
        assert set(each.members) | set(each.without) <= set(places())


def test_the_demonstration_county_is_of_the_city_but_of_no_set_of_districts():
    policy = Policy.at("410199", ON)
    assert policy.covers("CITY", "410199")
    assert not policy.covers("CORE", "410199")
    assert not policy.covers("OUTER", "410199")
    assert policy.covers("410105", "410105")
    assert not policy.covers("410105", "410199")
