"""The plan as a whole: title page, contents, sections, certificate, appendices, a page to be signed."""

from junheng.publish.compliance_figures import whose
from junheng.publish.compliance_proof import warnings
from junheng.publish.word.compliance.appendices import appendices
from junheng.publish.word.compliance.certificate import certificate
from junheng.publish.word.compliance.changes import beyond, changes
from junheng.publish.word.compliance.goal import goal
from junheng.publish.word.compliance.measures import measures
from junheng.publish.word.compliance.money import money
from junheng.publish.word.compliance.signing import duties, signing
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import chinese_day, marked
from junheng.publish.wording import DEMONSTRATION, is_demonstration
from junheng.studies import ComplianceStudy
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡资源配置达标方案"


def compliance_paper(study: ComplianceStudy) -> Paper:
    """The document, ready to be packed."""
    answer, name = study.answer, whose(study)
    invented = any(is_demonstration(county) for county in study.today.counties)
    mark = DEMONSTRATION if invented else ""
    paper = Paper(
        title=f"{name}{TITLE}",
        subject=str(SchoolYear(answer.plan.base_year)),
        header=marked(name, TITLE, mark),
        on=answer.on,
    )
    paper.line(name, "Cover")
    paper.line(TITLE, "Title")
    paper.line(f"（{SchoolYear(answer.by)}达标）", "Subtitle")
    paper.line(
        f"依据{SchoolYear(answer.plan.base_year)}封存数据　{chinese_day(answer.on)}", "Subtitle"
    )
    for told in warnings(study):
        paper.line(told, "Notice")
    paper.line("编制单位（盖章）：　　　　　　　　　　负责人（签字）：", "Signed")
    paper.contents()
    goal(paper, study)
    measures(paper, study)
    money(paper, study)
    changes(paper, study)
    beyond(paper, study)
    duties(paper, study)
    certificate(paper, study)
    appendices(paper, study)
    signing(paper, study)
    return paper
