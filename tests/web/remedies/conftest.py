"""The desk of the filings' tests serves the remedies too."""

from filings.county_desk import data, desk, sealed_last_year

__all__ = ["data", "desk", "sealed_last_year"]
