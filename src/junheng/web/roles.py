"""Who may do what: the permissions, and the roles of the desk in words an office uses.

A role says *what* a person may do; *where* follows from the place of the person's office in the
tree of offices (`Office.parent`). Nothing here knows Django.
"""

from dataclasses import dataclass
from enum import StrEnum


class OfficeKind(StrEnum):
    """What an office is; a department stands beside the schools and counties of its superior."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SCHOOL = "school"
    DEPARTMENT = "department"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    OfficeKind.PROVINCE: "省",
    OfficeKind.CITY: "市",
    OfficeKind.COUNTY: "区县",
    OfficeKind.SCHOOL: "学校",
    OfficeKind.DEPARTMENT: "部门",
}


class Permission(StrEnum):
    """One thing a person may do, within the area of the office."""

    SEE_RESULTS = "see_results"
    SEE_CASES = "see_cases"
    FILE = "file"
    FILE_FOR_SCHOOLS = "file_for_schools"
    FILE_COUNTY = "file_county"
    REVIEW = "review"
    REMIND = "remind"
    REOPEN = "reopen"
    SEAL = "seal"
    RUN_STUDIES = "run_studies"
    SEE_RUNS = "see_runs"
    PUBLISH = "publish"
    SEE_TARGETS = "see_targets"
    ASSIGN_REMEDIES = "assign_remedies"
    REPORT_REMEDIES = "report_remedies"
    CHECK_REMEDIES = "check_remedies"
    MANAGE_OFFICES = "manage_offices"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"

    @property
    def label(self) -> str:
        return _PERMISSIONS[self]


P = Permission
_PERMISSIONS = {
    P.SEE_RESULTS: "查看结论与指标",
    P.SEE_CASES: "查看填报与整改",
    P.FILE: "填写、提交本校的填报",
    P.FILE_FOR_SCHOOLS: "替学校填报（留痕）",
    P.FILE_COUNTY: "填写区县填报表",
    P.REVIEW: "退回、通过填报",
    P.REMIND: "催报",
    P.REOPEN: "重开一条已通过的填报",
    P.SEAL: "封存一个学年",
    P.RUN_STUDIES: "安排测算",
    P.SEE_RUNS: "查看测算",
    P.PUBLISH: "办理公示",
    P.SEE_TARGETS: "查看政策目标",
    P.ASSIGN_REMEDIES: "下达整改",
    P.REPORT_REMEDIES: "报告整改进展",
    P.CHECK_REMEDIES: "复核整改、销号",
    P.MANAGE_OFFICES: "管理单位",
    P.MANAGE_ACCOUNTS: "管理账号",
    P.SEE_AUDIT: "查看操作记录",
}


class Role(StrEnum):
    """What a person is, in an office."""

    SCHOOL_CLERK = "school_clerk"
    PRINCIPAL = "principal"
    COUNTY_OFFICER = "county_officer"
    COUNTY_LEADER = "county_leader"
    CITY_OFFICER = "city_officer"
    CITY_LEADER = "city_leader"
    INSPECTOR = "inspector"
    DEPARTMENT = "department"
    ADMINISTRATOR = "administrator"

    @property
    def card(self) -> "RoleCard":
        return ROLES[self]

    @property
    def label(self) -> str:
        return ROLES[self].title


@dataclass(frozen=True)
class RoleCard:
    """A role as it is shown to whoever gives it: title, description, where it stands, what it may."""

    title: str
    description: str
    kinds: frozenset[OfficeKind]
    permissions: frozenset[Permission]


def _card(title: str, description: str, kinds: str, *permissions: Permission) -> RoleCard:
    return RoleCard(
        title, description, frozenset(map(OfficeKind, kinds.split())), frozenset(permissions)
    )


READING = (P.SEE_RESULTS, P.SEE_CASES, P.SEE_TARGETS)
"""What everybody may who works with the facts of an area."""

ROLES: dict[Role, RoleCard] = {
    Role.SCHOOL_CLERK: _card(
        "学校填报员",
        "下载模板、上传、改正、提交本校的填报，附佐证材料，写异常说明；只看得到本校。",
        "school",
        *READING, P.FILE, P.REPORT_REMEDIES,
    ),
    Role.PRINCIPAL: _card(
        "校长",
        "看本校的填报、成绩单和整改，可以代填报员提交；只看得到本校。",
        "school",
        *READING, P.FILE, P.REPORT_REMEDIES, P.SEE_AUDIT,
    ),
    Role.COUNTY_OFFICER: _card(
        "区县填报管理员",
        "催报、退回、通过本区县学校的填报，必要时代填，填区县填报表，下达整改；只看得到本区县。",
        "county",
        *READING, P.FILE_FOR_SCHOOLS, P.FILE_COUNTY, P.REVIEW, P.REMIND, P.RUN_STUDIES, P.SEE_RUNS,
        P.ASSIGN_REMEDIES, P.REPORT_REMEDIES, P.SEE_AUDIT,
    ),
    Role.COUNTY_LEADER: _card(
        "区县领导",
        "看本区县的结论、差距、整改和测算，不改动任何一条。",
        "county",
        *READING, P.SEE_RUNS, P.SEE_AUDIT,
    ),
    Role.CITY_OFFICER: _card(
        "市级管理员",
        "管全市的填报：催报、重开、封存；安排测算，下达、复核整改，办理公示。",
        "city province",
        *READING, P.REVIEW, P.REMIND, P.REOPEN, P.SEAL, P.RUN_STUDIES, P.SEE_RUNS, P.PUBLISH,
        P.ASSIGN_REMEDIES, P.CHECK_REMEDIES, P.SEE_AUDIT,
    ),
    Role.CITY_LEADER: _card(
        "市领导",
        "看全市哪里不合格、差什么、花多少、谁负责、何时完成，不改动任何一条。",
        "city province",
        *READING, P.SEE_RUNS, P.SEE_AUDIT,
    ),
    Role.INSPECTOR: _card(
        "督导",
        "看辖区的结论与操作记录，下达整改，复核、销号。",
        "city county province",
        *READING, P.SEE_RUNS, P.ASSIGN_REMEDIES, P.CHECK_REMEDIES, P.SEE_AUDIT,
    ),
    Role.DEPARTMENT: _card(
        "部门（财政、编办、人社等）",
        "看辖区的结论、测算和目标，报告由本部门负责的整改；看不到填报的过程。",
        "department",
        P.SEE_RESULTS, P.SEE_RUNS, P.SEE_TARGETS, P.REPORT_REMEDIES,
    ),
    Role.ADMINISTRATOR: _card(
        "系统管理员",
        "管理单位和账号，看登录与账号的记录；看不到填报、结论和测算。",
        "city county province",
        P.MANAGE_OFFICES, P.MANAGE_ACCOUNTS, P.SEE_AUDIT,
    ),
}  # fmt: skip
