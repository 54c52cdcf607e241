"""Class sizes as targets read them: half a list, half the bins, and who is named."""

import pytest
from target_cases import facts_of
from test_target_measures import binned, junior, one, primary


def listed(*sizes):
    return [
        {"school_code": "2141000001", "grade": 1, "class_no": str(n), "stage": "primary"}
        | {"pupils": size}
        for n, size in enumerate(sizes, 1)
    ]


def test_a_list_that_lacks_a_class_gives_way_to_the_bins():
    facts = facts_of([primary(**binned("primary", b41_45=2))], classes=listed(46))
    assert one("classes_within_limit", facts).value == 100


def test_a_single_bin_left_blank_leaves_the_school_open():
    filed = binned("primary", b41_45=2) | {"classes_26_30_primary": None}
    found = one("classes_within_limit", facts_of([primary(**filed)]))
    assert found.lacking == "示例学校2141000001没有填报各班额段的班级数（或班级清单）"


def test_a_class_of_one_cannot_be_told_within_the_lowest_bin_but_every_class_can():
    facts = facts_of([primary(**binned("primary", ble_25=1))])
    assert one("large_classes", facts, large_class_from="1").value is None
    assert one("large_classes", facts, large_class_from="0").value == 1


def test_three_schools_with_most_large_classes_are_named_the_most_first():
    schools = [
        primary(f"214100000{n}", **binned("primary", bge_66=large, b41_45=1))
        for n, large in enumerate((1, 4, 2, 3, 0), 1)
    ]
    found = one("large_classes", facts_of(schools), large_class_from="56")
    assert found.detail == (
        "全部 15 个班；示例学校2141000002 4 个、示例学校2141000004 3 个、示例学校2141000003 2 个"
    )
    (two, _) = schools[:2]
    assert one("large_classes", facts_of([two]), large_class_from="56").detail == (
        "全部 2 个班；示例学校2141000001 1 个"
    )


@pytest.mark.parametrize("size", [45, 46])
def test_a_listed_class_is_above_the_limit_from_one_more(size):
    facts = facts_of([primary(**binned("primary", b41_45=1))], classes=listed(size))
    assert one("classes_within_limit", facts).value == (100 if size == 45 else 0)


def test_no_class_is_no_share_and_no_count():
    facts = facts_of([junior(**binned("junior"))])
    assert one("large_classes", facts, large_class_from="56").lacking == "没有班级"
