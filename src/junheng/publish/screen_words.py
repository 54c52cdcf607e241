"""Words for the anti-gaming screen."""

from junheng.diagnosis.screening import Question
from junheng.studies import ScreenStudy
from junheng.years import SchoolYear

PREFACE = "以下是需要核实的问题，不是结论，更不是指控：每一条都可能有正当原因，请先问、再看材料。"
COUNTY = "全县"
NAMED = 5


def school_words(question: Question) -> str:
    """Whom to ask."""
    if not question.schools:
        return COUNTY
    named = "、".join(f"{each.code} {each.name}" for each in question.schools[:NAMED])
    rest = len(question.schools) - NAMED
    return f"{named}等{len(question.schools)}所" if rest > 0 else named


def screened_title(study: ScreenStudy) -> str:
    """Which counties and years were looked at."""
    names = [study.names.get(code, code) for code in study.counties]
    whose = names[0] if len(names) == 1 else f"{len(names)}个区县"
    years = "、".join(str(SchoolYear(year)) for year in study.snapshots)
    return f"{whose}数据筛查：{years}"


def counts_words(study: ScreenStudy) -> str:
    """How much is asked."""
    questions = study.screening.questions
    schools = {one.code for each in questions for one in each.schools}
    if not questions:
        return "没有发现需要问的地方。没有发现不等于没有问题，见筛查办法。"
    return f"共{len(questions)}个问题，涉及{len(schools)}所学校。筛查的幅度都是平台约定（置信D），可以修改。"
