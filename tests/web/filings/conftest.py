"""Fixtures of the filings' tests; the desk itself stands in county_desk.py."""

from filings.county_desk import books, data, desk, sealed_last_year

__all__ = ["books", "data", "desk", "sealed_last_year"]
