"""Addresses within one result, by the thousand.

`reverse` takes 0.1 ms; a matrix has a thousand links. They are put together here from one reversed
beginning, and tests/web/drill compares each with what `reverse` says.
"""

from django.urls import reverse


class Links:
    """Addresses of one result."""

    def __init__(self, pk: int) -> None:
        self._base = reverse("drill-city", args=[pk])

    def county(self, code: str) -> str:
        return f"{self._base}county/{code}/"

    def line(self, county: str, item: str) -> str:
        return f"{self._base}county/{county}/line/{item}/"

    def school(self, code: str) -> str:
        return f"{self._base}school/{code}/"

    def cells(self, school: str, item: str) -> str:
        return f"{self._base}school/{school}/{item}/"

    def cell(self, school: str, column: str) -> str:
        return f"{self._base}school/{school}/filed/{column}/"
