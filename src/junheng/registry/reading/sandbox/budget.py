"""What is left of a file's cells and characters."""

from junheng.registry.reading.sandbox.package import TOO_BIG
from junheng.registry.reading.sandbox.wire import Limits, Refused


class Budget:
    """Shared by the sheets of a file; the shared strings have one of their own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = limits.cells
        self._characters = limits.characters

    def spend(self, characters: int) -> None:
        """One cell. Raises Refused where it is one too many."""
        self._cells -= 1
        if self._cells < 0:
            raise Refused("S07", f"有内容的单元格超过 {self._limits.cells} 个，没有读取", TOO_BIG)
        self.spend_characters(characters)

    def spend_characters(self, characters: int) -> None:
        self._characters -= characters
        if self._characters < 0:
            raise Refused(
                "S07", f"文件里的文字超过 {self._limits.characters} 个字，没有读取", TOO_BIG
            )

    def spend_at_once(self, cells: int, characters: int) -> bool:
        """Several cells, if so many are left; else nothing is spent."""
        if cells > self._cells or characters > self._characters:
            return False
        self._cells -= cells
        self._characters -= characters
        return True
