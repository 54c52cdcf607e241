"""Several edges at once on one clean county, under any readings, with cells lost here and there."""

from hypothesis import strategies as st

from oracle import edges_of_counties, edges_of_exceptions, edges_of_schools
from oracle.clean import clean_county
from oracle.judging import VARIANTS

BOOKS = (edges_of_counties, edges_of_schools, edges_of_exceptions)
RELAXATIONS = ("X1", "X2", "X3", "X4", "X5", "X6")
READINGS = {  # every open point that changes a clause or who counts
    "fund-standard": ("early-2023", "2023"),
    "music-art-rooms": ("each", "sum"),
    "special-funds": ("6000", "7000", "8000"),
    "key-teacher-base": ("rotated", "eligible"),
    "zoned-enrolment": ("pooled", "every", "urban"),
    "inclusion-rate": ("95", "97"),
    "training-fund-base": ("budget", "final"),
    "private-schools": ("in", "out"),
    "campus": ("merged", "school"),
    "teaching-points": ("out", "in"),
}
LOST = ("county", "seats", "staffing", "facilities", "finance", "quality")
"""Tables of which a number may be lost."""
KEYS = ("school_code", "county_code", "school_type")


def all_edges():
    return [edge for book in BOOKS for group in book.GROUPS for edge in group()]


def choices():
    """Variant, relaxations and readings."""
    return st.tuples(
        st.sampled_from(VARIANTS),
        st.lists(st.sampled_from(RELAXATIONS), unique=True).map(lambda x: tuple(sorted(x))),
        st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in READINGS.items()}),
    )


@st.composite
def counties_of_many_edges(draw):
    """Rows by table: the clean county changed in up to five ways."""
    edges = draw(st.lists(st.sampled_from(all_edges()), max_size=5, unique_by=id))
    pupils = {code: p for edge in edges for code, p in edge.pupils.items()}
    types = {code: t for edge in edges for code, t in edge.types.items() if code in pupils}
    types = {code: t for code, t in types.items() if fits(t, pupils[code])}
    pupils = {c: p for c, p in pupils.items() if c in types or fits(OWN[c], p)}
    rows = clean_county(pupils, types)
    for edge in edges:
        edge.apply(rows)
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        row = draw(st.sampled_from([row for table in LOST for row in rows[table]]))
        names = sorted(c for c, value in row.items() if c not in KEYS and value is not None)
        if names:
            row[draw(st.sampled_from(names))] = None
    return rows


OWN = {"2141990001": "primary", "3141990002": "junior", "3141990003": "nine_year"}
OF_TYPE = {
    "primary": {"primary"}, "teaching_point": {"primary"}, "junior": {"junior"},
    "complete": {"junior", "senior"}, "nine_year": {"primary", "junior"},
    "twelve_year": {"primary", "junior", "senior"},
}  # fmt: skip


def fits(school_type, pupils):
    """Whether pupils were told of the stages of the type, and of no other."""
    return OF_TYPE[school_type] == set(pupils)
