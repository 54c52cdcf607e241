"""Which schools the invented county has: type, place, name, code, parent, year of founding."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from junheng.sample.cast import Cast, Story
from junheng.sample.draws import stream
from junheng.sample.names import CITY_WORDS, TOWN_WORDS, VILLAGE_WORDS, numeral, pick

SETTLED = 4
"""In the county no other school was founded in the last years than those of the fixed cast."""
CITY_UNIT = "410100"
"""Managing unit of the city-run schools (市直属)."""
CODE_PREFIX = {"junior": "31", "nine_year": "31", "complete": "34", "twelve_year": "34",
               "senior": "34", "special": "51"}  # fmt: skip
SIDES = "东西南北"
TYPE_WORDS = {"primary": "小学", "junior": "初级中学", "nine_year": "九年一贯制学校",
              "twelve_year": "十二年一贯制学校", "complete": "中学", "teaching_point": "教学点",
              "senior": "高级中学"}  # fmt: skip


URBAN_RURAL = {"city": ("111", "111", "111", "112"), "town": ("121", "121", "122"),
               "village": ("210", "220", "220")}  # fmt: skip


@dataclass(frozen=True)
class Life:
    """What the years did to a school; as it stands, nothing."""

    root: str = ""
    """Code from which it is drawn; its own where empty (a change of type gives a new code)."""
    cohorts_of: str = ""
    """Code of the school whose classes its classes were to become; empty for its own."""
    keeps: Literal["all", "others", "last"] = "all"
    """Before a merger: every class but the last of its grade, or that last class alone."""
    enters_from: int = 0
    """First year in which a grade entered; 9999 and later: none came yet."""
    enters_to: int = 9999
    """Last year in which a grade of the stages `ending` entered."""
    ending: tuple[str, ...] = ()
    drawn_as: str = ""
    """Type by which its classes are drawn; its own where empty."""
    furnished: int = 0
    """Year for whose classes it is built; 0: the last year of the story."""


@dataclass(frozen=True)
class Site:
    """One school of the roster; everything else is drawn for it."""

    index: int
    code: str
    name: str
    school_type: str
    place: str
    role: str
    urban_rural_code: str
    ownership: str
    location_unit: str
    managing_unit: str
    parent: str | None
    founding_year: int
    boarding: bool
    last: int
    """Year in which the story ends: what it is then was drawn, what it was before leads there."""
    campuses: int = 0
    """Campuses filed apart that do not count as schools and merge into this one."""
    life: Life = Life()
    story: Story = ""
    told: int = 0

    @property
    def rural(self) -> bool:
        return self.place == "village"

    @property
    def key(self) -> str:
        """Names its streams of chance; stays when the code changes."""
        return self.life.root or self.code


def roster(
    seed: int, *, plan: Sequence[Cast], year: int, county: str, name: str, city: str, settled: int
) -> list[Site]:
    """The sites of the last year in order of filing.

    But for those of which the plan says it, no school was founded in the last `settled` years.
    """
    codes = [_code(each.school_type, county, i) for i, each in enumerate(plan)]
    names = _names(plan, name)
    campuses = Counter(each.parent for each in plan if each.role == "campus")
    return [
        replace(
            _site(
                seed,
                i,
                each,
                codes=codes,
                names=names,
                year=year,
                county=county,
                city=city,
                settled=settled,
            ),
            campuses=campuses[i],
        )
        for i, each in enumerate(plan)
    ]


def _code(school_type: str, county: str, index: int) -> str:
    """Type 2 + province 2 + serial 6 (standards.md §10)."""
    province = county[:2] if county[:2].isdigit() else "41"
    block = int(county[-2:]) if county.isdigit() else zlib.crc32(county.encode()) % 100
    return f"{CODE_PREFIX.get(school_type, '21')}{province}{block:02d}{index + 1:04d}"


def _site(
    seed: int,
    index: int,
    cast: Cast,
    *,
    codes: list[str],
    names: list[str],
    year: int,
    county: str,
    city: str,
    settled: int,
) -> Site:
    chance = stream(seed, codes[index], "site")
    urban_rural_code = chance.choice(URBAN_RURAL[cast.place])
    return Site(
        index=index,
        code=codes[index],
        name=names[index],
        school_type=cast.school_type,
        place=cast.place,
        role=cast.role,
        urban_rural_code="111" if cast.role == "dense" else urban_rural_code,
        ownership="private" if cast.private else "public",
        location_unit=county,
        managing_unit=city if cast.city_run else county,
        parent=None if cast.parent is None else codes[cast.parent],
        founding_year=_founded(chance, cast, year, settled),
        boarding=cast.boarding or (cast.school_type == "junior" and cast.place == "village"),
        last=year,
        life=Life(enters_from=_first_entry(cast, year)),
        story=cast.story,
        told=cast.told,
    )


def _first_entry(cast: Cast, year: int) -> int:
    if cast.founded is not None:
        return year - cast.founded
    return {"unopened": year + 1, "young": year - 1}.get(cast.role, 0)


def _founded(chance: Random, cast: Cast, year: int, settled: int) -> int:
    """Most schools are old; some of the city's are new; the unopened one is of this year."""
    if cast.founded is not None:
        return year - cast.founded
    if cast.role == "unopened":
        return year
    if cast.role == "young":
        return year - 2
    if cast.place == "city" and chance.random() < 0.3:
        return chance.randint(2008, year - settled)
    return chance.randint(1952, 2007)


def _names(plan: Sequence[Cast], county: str) -> list[str]:
    counter: Counter[str] = Counter()
    names: list[str] = []
    for cast in plan:
        if cast.role == "campus" and cast.parent is not None:
            parent = names[cast.parent]
            lap, at = divmod(counter[parent], len(SIDES))
            counter[parent] += 1
            names.append(f"{parent}{SIDES[at]}{numeral(lap + 1) if lap else ''}校区")
        else:
            names.append(county + _own_name(cast, counter, towns=max(3, min(24, len(plan) // 12))))
    return names


def _own_name(cast: Cast, counter: Counter[str], *, towns: int) -> str:
    word = TYPE_WORDS.get(cast.school_type, "")
    if cast.school_type == "special":
        return "特殊教育学校"
    if cast.place == "city":
        return _city_name(cast, word, counter)
    kind = f"{cast.place} {cast.school_type} {cast.role == 'centre'}"
    number = counter[kind]
    counter[kind] += 1
    lap, at = divmod(number, towns)
    town = f"{TOWN_WORDS[at]}镇"
    if cast.place == "village":
        # 7 is prime to the number of words: within a town no village comes twice before all came.
        at_word = (at * 5 + lap * 7) % len(VILLAGE_WORDS)
        again = lap // len(VILLAGE_WORDS) * len(VILLAGE_WORDS)
        return f"{town}{pick(VILLAGE_WORDS, at_word + again)}{word}"
    if cast.role == "centre":
        return f"{town}中心小学"
    return f"{town}第{numeral(lap + 1)}{word}"


def _city_name(cast: Cast, word: str, counter: Counter[str]) -> str:
    numbered = cast.school_type in ("primary", "junior", "complete") and not cast.private
    kind = "numbered " + cast.school_type if numbered else "named"
    number = counter[kind]
    counter[kind] += 1
    return f"第{numeral(number + 1)}{word}" if numbered else pick(CITY_WORDS, number) + word


def rows(sites: list[Site]) -> Iterator[dict[str, object]]:
    """The 学校名册 sheet."""
    for site in sites:
        yield {
            "school_code": site.code,
            "school_name": site.name,
            "location_unit": site.location_unit,
            "school_type": site.school_type,
        }
