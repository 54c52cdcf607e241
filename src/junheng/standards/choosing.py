"""Which documents, clauses, readings and relaxations of a scheme bind a place on a day."""

from datetime import date

from junheng.errors import DeclarationError, MisuseError
from junheng.freezing import frozen
from junheng.standards.amending import with_amendments
from junheng.standards.books import documents
from junheng.standards.nouns import Clause, Document, Relaxation, Scheme, Switch, Switches
from junheng.standards.places import superiors


@frozen
class Demand:
    """A clause in force and the document that says it."""

    clause: Clause
    document: Document

    @property
    def citation(self) -> str:
        article = "条号未核对" if self.clause.article == "未核对" else self.clause.article
        return f"{self.document.name}（{article}）"


def documents_in_force(
    chosen: Scheme, place: str, on: date, drafts: tuple[Document, ...] = ()
) -> list[Document]:
    """The scheme's documents and those that amend them, as far as they bind `place` on `on`;
    an amendment stands after what it amends. A draft takes the place of a document of its name."""
    bound = superiors(place)
    known = {d.name: d for d in (*documents().values(), *drafts)}
    missing = [name for name in chosen.documents if name not in known]
    if missing:
        raise DeclarationError(
            f"schemes/{chosen.code}.toml", "documents", f"没有这些文件：{'、'.join(missing)}"
        )
    named = with_amendments(known, chosen.documents)
    return [d for d in named if d.place in bound and d.in_force_on(on)]


def options_taken(points: dict[str, tuple[Switch, Document]], switches: Switches) -> dict[str, str]:
    """Option taken for each open point; raises MisuseError for a point or option not known."""
    for code, option in switches.readings.items():
        if code not in points:
            raise MisuseError(f"没有名为“{code}”的未决口径。可用：{'、'.join(points) or '无'}。")
        allowed = [each.code for each in points[code][0].option]
        if option not in allowed:
            raise MisuseError(f"口径“{code}”没有“{option}”这个选项。可用：{'、'.join(allowed)}。")
    return {c: switches.readings.get(c, point.default) for c, (point, _) in points.items()}


def resolved(points: dict[str, tuple[Switch, Document]], switches: Switches) -> Switches:
    """What the readings mean for variant and relaxations; raises MisuseError where both are given."""
    found = switches
    for code, chosen in switches.readings.items():
        point = points[code][0]
        option = next(each for each in point.option if each.code == chosen)
        found = found.taking(point, option)
        dropped = {*switches.relaxations} - {*found.relaxations}
        if dropped or switches.variant not in ("", found.variant):
            raise MisuseError(
                f"口径“{code}={chosen}”与另行选择的{'、'.join(sorted(dropped)) or switches.variant}矛盾。请只写一处。"
            )
    return found


def valid_on(item: Clause | Relaxation, on: date) -> bool:
    """Whether the item's own dates, both included, hold the day."""
    return (item.valid_from is None or item.valid_from <= on) and (
        item.valid_to is None or on <= item.valid_to
    )


def demands_in_force(
    in_force: list[Document], on: date, taken: dict[str, str]
) -> dict[str, Demand]:
    """The clauses in force by code: amendments over what they amend, then the readings taken.
    Raises DeclarationError where two documents say the same clause on that day."""
    found: dict[str, Demand] = {}
    instead: dict[str, Demand] = {}
    for document in in_force:
        for clause in document.clause:
            if not valid_on(clause, on) or not _read_so(clause, taken):
                continue
            place = instead if clause.instead_of else found
            code = clause.instead_of or clause.code
            other = place.get(code)
            if other is not None and other.document.name not in document.amends:
                raise DeclarationError(
                    document.name,
                    f"code = {clause.code}",
                    f"{on} 这一天与“{other.document.name}”的同名条款同时有效",
                )
            place[code] = Demand(clause, document)
    return found | instead


def _read_so(clause: Clause, taken: dict[str, str]) -> bool:
    if not clause.reading:
        return True
    switch, _, option = clause.reading.partition("=")
    return taken.get(switch) == option


def relaxations_in_force(
    in_force: list[Document], on: date
) -> dict[str, tuple[Relaxation, Document]]:
    """The relaxations valid on that day, by code; an amendment's over what it amends."""
    return {r.code: (r, d) for d in in_force for r in d.relaxation if valid_on(r, on)}
