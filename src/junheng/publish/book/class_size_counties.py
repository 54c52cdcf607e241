"""The counties of a class-size plan side by side, and the colours of what becomes of schools."""

from junheng.plan.class_size import Outcome
from junheng.publish.book.cells import Number, Tone, Word
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.class_sizes import county_figures
from junheng.publish.digits import at_places
from junheng.studies import ClassSizeStudy

TONES = {
    Outcome.LEGAL: Tone.GOOD,
    Outcome.MENDED: Tone.NEAR,
    Outcome.UNMENDED: Tone.BAD,
    Outcome.NO_DATA: Tone.OPEN,
}


def counties(study: ClassSizeStudy) -> Listing:
    """One row a county, where there are several."""
    last, law = study.answer.years[-1], study.answer.counties[0].law
    return Listing(
        name="各区县",
        title="各区县一览",
        notes=["学校数把校区、教学点单列。超限、大班额是采取措施以后的班数。学生只在本区县内分流。"],
        headings=[
            Heading("区县代码", 9, "center"), Heading("区县", 22), Heading("现状超限班", 9, "center"),
            Heading("超限班", 9, "center", above=(f"{last}学年",)),
            Heading(f"{law.large}人及以上", 9, "center", above=(f"{last}学年",)),
            Heading(f"{law.super_large}人及以上", 9, "center", above=(f"{last}学年",)),
            *(Heading(each.value, 9, "center", above=("学校（所）",)) for each in Outcome),
            Heading("方案期内费用（万元）", 14),
        ],
        rows=[
            [
                each.county.code, each.county.name, each.over_now, each.over, each.large, each.super_large,
                *(Word(str(n), TONES[o] if n else Tone.PLAIN) for o, n in each.schools.items()),
                Number(at_places(each.cost / 10_000, 1), 1),
            ]
            for each in county_figures(study)
        ],
        sticky=2,
    )  # fmt: skip
