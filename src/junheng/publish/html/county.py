"""The block of one county: everything that its pages show, read when they are opened."""

from typing import Any

from junheng.diagnosis import CountyVerdict
from junheng.publish.html.cells import PackedCells
from junheng.publish.html.lines import lines, list_of_shortfalls, points
from junheng.publish.html.pool import Pool
from junheng.publish.html.rules import cited, floor_share, indicators, school_rules, variants
from junheng.publish.html.schools import Schools, lacking, parts, rows_of, school_tables
from junheng.publish.html.spreads import gaps, spreads
from junheng.publish.html.years import YearsBook
from junheng.publish.priorities import first_look
from junheng.publish.wording import relaxation_sentence
from junheng.studies import Cells, Study


class CountyData:
    """Blocks of a study's counties; cells and years are looked up once for all of them."""

    def __init__(self, study: Study, years: YearsBook) -> None:
        self.study = study
        self.years = years
        self._tables = school_tables()
        self._cells = Cells(study.snapshot, (*self._tables, "county"))
        self._rows = rows_of(study)

    def of(self, county: CountyVerdict) -> dict[str, Any]:
        """The block of one county; one without any data has empty lists and says so in its lines."""
        pool: Pool[str] = Pool()
        packed = PackedCells(pool)
        schools = Schools(county, self._rows.get(county.code, {}))
        return {
            "code": county.code,
            "indicators": indicators(county.standard),
            "schoolRules": school_rules(county.standard),
            "floor": floor_share(county),
            "variants": variants(county.standard),
            "spreadRule": cited(county.standard.role("spread")),
            "lines": lines(self.study, county, pool),
            "parts": parts(county),
            "points": points(county, pool),
            "lacking": lacking(county),
            "outside": schools.outside(),
            "spreads": spreads(county),
            "gaps": gaps(county),
            "shortfalls": list_of_shortfalls(county, pool),
            "first": list(first_look(county)) if county.parts else [],
            "relaxations": [[use.school, relaxation_sentence(use)] for use in county.relaxations],
            "years": self.years.of(county.code),
            "cells": {code: packed.pack(self._cells, self._tables, code) for code in schools.names},
            "form": packed.pack(self._cells, ("county",), county.code),
            "packed": packed.held(),
            "texts": pool.held,
        }
