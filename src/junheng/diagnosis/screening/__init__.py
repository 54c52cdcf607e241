"""The anti-gaming screen: patterns in filed figures that are worth a question, with what would explain them."""

from junheng.diagnosis.screening.looking import screen_facts, screen_views
from junheng.diagnosis.screening.nouns import Asked, Question, Screen, Screening, screens
from junheng.diagnosis.screening.view import YearView, view_of

__all__ = [
    "Asked",
    "Question",
    "Screen",
    "Screening",
    "YearView",
    "screen_facts",
    "screen_views",
    "screens",
    "view_of",
]
