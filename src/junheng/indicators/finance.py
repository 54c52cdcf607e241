"""Public funds and pay: GV2, GV6, GV7, GV8, QL4 (standards.md §§6–7)."""

from junheng.indicators.combining import NotLess, Product
from junheng.indicators.definition import Ratio, Whole, indicator


@indicator(
    "GV2-FUNDS",
    "生均公用经费标准",
    unit="元",
    gap_unit="元",
    step="1",
    grain="county",
    by_stage=True,
)
def fund_standard(county: Whole) -> Ratio:
    """The county's own standard of public funds a pupil."""
    return Ratio(county.fund_standard_yuan)


@indicator(
    "GV6", "公用经费预算与应核定数之比", unit="倍", gap_unit="元", step="1", grain="school", asks="public",
)  # fmt: skip
def funds_against_funds_due(school: Whole) -> Ratio:
    """Budgeted public funds over those due; a small school is due those of the least number of pupils.

    What is due for P primary and J junior pupils, N = P + J, is (P·std_P + J·std_J) · max(N, least) / N.
    """
    standards = Product(school.pupils_primary, school.fund_standard_primary_yuan) + Product(
        school.pupils_junior, school.fund_standard_junior_yuan
    )
    counted = NotLess(school.pupils, school.law("least_pupils"))
    return Ratio(
        Product(school.public_funds_budget_prev_yuan, school.pupils), Product(standards, counted)
    )


@indicator("GV7", "特殊教育学校生均公用经费", unit="元", gap_unit="元", step="1", grain="county")
def special_funds_per_pupil(county: Whole) -> Ratio:
    """Public funds of special-education schools per pupil."""
    return Ratio(county.special_ed_funds_total_yuan, county.special_ed_pupils)


@indicator(
    "GV8", "教师与公务员年平均工资收入之比", unit="倍", gap_unit="元", step="1", grain="county"
)
def pay_against_civil_servants(county: Whole) -> Ratio:
    """Mean pay of compulsory-school teachers over that of local civil servants."""
    return Ratio(county.teacher_mean_pay_prev_yuan, county.civil_servant_mean_pay_prev_yuan)


@indicator(
    "QL4", "教师培训经费占公用经费预算比例", unit="%", gap_unit="元", step="1", grain="school", asks="funded",
)  # fmt: skip
def training_funds_of_budget(school: Whole) -> Ratio:
    """Training funds, of the budgeted public funds of the school."""
    return Ratio(
        school.training_funds_budget_prev_yuan, school.public_funds_budget_prev_yuan, per=100
    )


@indicator(
    "QL4-FINAL", "教师培训经费占公用经费决算比例", unit="%", gap_unit="元", step="1", grain="school", asks="funded",
)  # fmt: skip
def training_funds_of_final_account(school: Whole) -> Ratio:
    """Training funds, of the public funds in the final account."""
    return Ratio(
        school.training_funds_budget_prev_yuan, school.public_funds_final_prev_yuan, per=100
    )
