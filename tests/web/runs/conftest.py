"""Sealing needs a county whose schools have filed: the desk of the filings' tests."""

from filings.county_desk import books, desk, sealed_last_year

__all__ = ["books", "desk", "sealed_last_year"]
