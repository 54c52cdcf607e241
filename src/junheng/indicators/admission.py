"""Who is admitted where: GV13 zoned enrolment, GV14 quota places, GV15 migrant children (standards.md §6)."""

from junheng.indicators.definition import Ratio, Whole, indicator


@indicator(
    "GV13", "就近划片入学比例", unit="%", gap_unit="人", step="1", grain="county", asks="zoned", by_stage=True,
)  # fmt: skip
def zoned_enrolment(county: Whole) -> Ratio:
    """Pupils who live in the zone of their school, pooled over the schools that are asked."""
    return Ratio(county.zoned_in_zone, county.zoned_pupils, per=100)


@indicator(
    "GV13-EVERY", "每校就近划片入学比例", unit="%", gap_unit="人", step="1", grain="school", asks="zoned", by_stage=True,
)  # fmt: skip
def zoned_enrolment_of_a_school(school: Whole) -> Ratio:
    """Pupils of one school who live in its zone."""
    return Ratio(school.zoned_in_zone, school.zoned_pupils, per=100)


@indicator(
    "GV13-URBAN", "城区就近划片入学比例", unit="%", gap_unit="人", step="1", grain="county", asks="urban_zoned",
    by_stage=True,
)  # fmt: skip
def urban_zoned_enrolment(county: Whole) -> Ratio:
    """As GV13, over the schools of urban districts only."""
    return Ratio(county.urban_zoned_in_zone, county.urban_zoned_pupils, per=100)


@indicator("GV14", "优质高中招生名额分配比例", unit="%", gap_unit="人", step="1", grain="county")
def quota_places(county: Whole) -> Ratio:
    """Places of quality senior schools shared out among junior schools, of all planned."""
    return Ratio(county.quality_senior_quota, county.quality_senior_plan, per=100)


@indicator(
    "GV14-TILT", "分配名额中农村学校所占比例", unit="%", gap_unit="人", step="1", grain="county"
)
def rural_quota_places(county: Whole) -> Ratio:
    """Quota places given to rural schools, of all shared out: shown, not judged."""
    return Ratio(county.quality_senior_quota_rural, county.quality_senior_quota, per=100)


@indicator("GV15", "符合条件的随迁子女就读比例", unit="%", gap_unit="人", step="1", grain="county")
def migrant_children_placed(county: Whole) -> Ratio:
    """Eligible migrant children in public schools or in bought places of private ones."""
    placed = county.migrant_in_public + county.migrant_in_bought_private
    return Ratio(placed, county.migrant_eligible, per=100)
