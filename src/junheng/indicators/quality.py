"""Who stays and who comes: QL1 retention of the junior cohort, QL2 disabled children (standards.md §7)."""

from junheng.indicators.definition import Ratio, Whole, indicator


@indicator(
    "QL1", "初中三年巩固率", unit="%", gap_unit="人", step="1", grain="county", asks="compulsory"
)
def junior_retention(county: Whole) -> Ratio:
    """Of those who began three years ago and live, who graduated; moves in and out taken back."""
    stayed = county.graduates_junior - county.cohort_transfers_in + county.cohort_transfers_out
    return Ratio(stayed, county.cohort_grade7_enrolment - county.cohort_deaths, per=100)


@indicator("QL2", "残疾儿童少年入学率", unit="%", gap_unit="人", step="1", grain="county")
def disabled_children_enrolled(county: Whole) -> Ratio:
    """Disabled children of school age who are enrolled: special schools, ordinary classes, at home."""
    return Ratio(county.disabled_enrolled, county.disabled_school_age, per=100)
