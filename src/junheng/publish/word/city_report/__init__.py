"""市级监测报告: the eleven sections of an evaluation report over all counties of a city."""

from junheng.publish.word.city_report.writing import city_report

__all__ = ["city_report"]
