"""县级自评报告: the eleven sections of an evaluation report, written from the figures of a study."""

from junheng.publish.word.self_report.writing import self_report

__all__ = ["self_report"]
