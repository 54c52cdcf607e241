"""What the screen asks: a question with its numbers, never an accusation."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.errors import DeclarationError
from junheng.schema import Stage
from junheng.standards.nouns import Number

FILE = "screens.toml"


class Screen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of pattern that is looked for, with the house margins by which it is told (平台约定, D)."""

    code: str
    title: str
    years: int
    """So many school years in a row are needed to look for it."""
    honest: str
    """What would explain it honestly."""
    ask: str
    """What to ask for."""
    note: str
    """How it is told, and what cannot be told; `{name}` and `{name%}` stand for the numbers."""
    numbers: dict[str, Number]
    source: str = "平台约定"
    confidence: str = "D"

    def number(self, name: str) -> Fraction:
        return Fraction(self.numbers[name])

    @property
    def how(self) -> str:
        """The note with its numbers, shares in per cent."""
        told = self.note
        for name, number in self.numbers.items():
            percent = f"{(Decimal(number) * 100).normalize():f}%"
            told = told.replace(f"{{{name}%}}", percent).replace(f"{{{name}}}", number)
        return told


class _File(msgspec.Struct, forbid_unknown_fields=True):
    screen: tuple[Screen, ...]


@cache
def screens() -> dict[str, Screen]:
    """Every kind by code, in the order of the file."""
    text = (files("junheng.diagnosis.screening") / FILE).read_text(encoding="utf-8")
    try:
        found = msgspec.convert(tomli.loads(text), _File).screen
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DeclarationError(FILE, "screen", str(error)) from error
    return {each.code: each for each in found}


@dataclass(frozen=True)
class Asked:
    """One school that a question is about."""

    code: str
    name: str


@dataclass(frozen=True)
class Question:
    """One pattern found. It asks for material; it says nothing about anybody's intent."""

    kind: str
    """Code of the screen."""
    county: str
    year: int
    schools: tuple[Asked, ...]
    """The schools to ask; empty where the whole county is meant."""
    stage: Stage | None
    indicator: str
    """Code of the indicator concerned; empty where it is none."""
    found: str
    """The numbers, in a sentence."""
    explanation: str = ""
    """The 异常说明 that was filed beside a value concerned."""

    @property
    def screen(self) -> Screen:
        return screens()[self.kind]


@dataclass(frozen=True)
class Screening:
    """Everything asked of some school years, and what could not be looked for."""

    years: tuple[int, ...]
    questions: tuple[Question, ...]
    unscreened: tuple[tuple[str, str], ...]
    """(code of the screen, why it was not run)."""

    def of(self, kind: str) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.kind == kind)
