"""Where the rooms of the desk enter their addresses into the matrix: import your module here."""

from filings import filings_matrix

__all__ = ["filings_matrix"]
