"""The Excel result book 结果册: the same study gives the same bytes."""

from junheng.publish.book.writing import write_book

__all__ = ["write_book"]
