"""The words for every failure, one family.

    JunhengError            a sentence for the user, no traceback; exit status 1
    ├── MisuseError         the call itself is wrong; exit status 2
    ├── UnreadableFileError a file that cannot be read at all
    ├── DeclarationError    a rule file or a declaration that contradicts itself
    ├── SnapshotError       a sealed snapshot that is absent or damaged
    └── RefusedError        an act that is not allowed on this material

Each sentence says where, what was found, which rule, what to do, in that order, in Chinese.
"""

from collections.abc import Sequence


class JunhengError(Exception):
    """A failure that the user can mend; its text is the sentence shown."""

    exit_status = 1


class MisuseError(JunhengError):
    """The command or function was called with words that do not fit."""

    exit_status = 2


class UnreadableFileError(JunhengError):
    """A file that is no workbook, is protected, or would harm the reader."""

    def __init__(self, file: str, found: str, mend: str) -> None:
        super().__init__(f"“{file}”：{found}。{mend}")
        self.file = file
        self.found = found
        self.mend = mend


class DeclarationError(JunhengError):
    """A TOML file of rules or declarations that is wrong or contradicts another."""

    def __init__(
        self, file: str, key: str, found: str, mend: str = "请对照文档修改该文件。"
    ) -> None:
        super().__init__(f"“{file}”的 {key}：{found}。{mend}")
        self.file = file
        self.key = key
        self.found = found

    @classmethod
    def of_all(
        cls, faults: Sequence[tuple[str, str, str]], mend: str = "请对照文档修改该文件。"
    ) -> "DeclarationError":
        """One error that names every fault: file, key and what was found, a line each."""
        (file, key, found), *others = faults
        lines = "".join(f"。\n“{f}”的 {k}：{what}" for f, k, what in others)
        return cls(file, key, found + lines, mend)


class SnapshotError(JunhengError):
    """A snapshot that is not there, is incomplete, or was altered after sealing."""


class RefusedError(JunhengError):
    """An act refused because the material does not allow it."""
