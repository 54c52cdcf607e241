"""An invented county from a seed: rows, workbooks, planted mistakes, random cases for tests."""

from junheng.sample.county import make_county
from junheng.sample.edges import random_county
from junheng.sample.filling import fill_workbook
from junheng.sample.marks import marks_of

__all__ = ["fill_workbook", "make_county", "marks_of", "random_county"]
