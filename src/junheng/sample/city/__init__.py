"""The invented city: sixteen units of different character, on a schematic plan."""

from junheng.sample.city.ground import boundaries, inside, outline_of
from junheng.sample.city.making import YEARS, make_unit
from junheng.sample.city.units import CITY, CITY_NAME, Unit, units_of
from junheng.sample.city.writing import CityWritten, UnitWritten, fill_city

__all__ = [
    "CITY",
    "CITY_NAME",
    "YEARS",
    "CityWritten",
    "Unit",
    "UnitWritten",
    "boundaries",
    "fill_city",
    "inside",
    "make_unit",
    "outline_of",
    "units_of",
]
