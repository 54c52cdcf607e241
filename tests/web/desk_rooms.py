"""Where the rooms of the desk enter their addresses into the matrix: import your module here."""

from drill import drill_matrix
from filings import filings_matrix
from opened import opened_matrix
from remedies import remedies_matrix
from runs import runs_matrix

__all__ = ["drill_matrix", "filings_matrix", "opened_matrix", "remedies_matrix", "runs_matrix"]
