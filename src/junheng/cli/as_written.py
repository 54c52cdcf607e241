"""Words of the command line that are taken as they are written: text, paths, whole numbers, flags.

The library validates every word by pydantic, which takes longer to load than most commands take to
work. A word that needs no validator is read here; whatever is left (numbers between bounds, words
that are no number) goes to the library, and so do its sentences.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any, get_args

READ: Mapping[Any, type] = {str: str, Path: Path, int: int, bool: bool}
OURS = "get_runtime_param"
"""What the library asks a parameter for, to read its value."""
DIGITS = re.compile(r"[+-]?[0-9]{1,18}")


@dataclass(frozen=True)
class AsWritten:
    """Stands where the library keeps how it reads one parameter."""

    read: type
    library: Callable[[], Any]
    """The library's own reading."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of the parameter; lists come as lists, as tuples where none was given."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if several and isinstance(value, (list, tuple)) and all(map(self._is_plain, value)):
            return [self.read(each) for each in value]
        if not several and self._is_plain(value):
            return self.read(value)
        return self.library().coerce(value, param=param, ctx=ctx)

    def _is_plain(self, word: object) -> bool:
        if isinstance(word, self.read):
            return True
        if not isinstance(word, str) or self.read is bool:
            return False
        return self.read is not int or DIGITS.fullmatch(word) is not None


def take_as_written(param: Any) -> Any:
    """The parameter of the library, to be read here where it is of a kind that can be.

    Releases of the library that read their parameters otherwise are left alone.
    """
    descriptor = getattr(param, "type_descriptor", None)
    library = getattr(param, OURS, None)
    if descriptor is None or library is None or OURS in vars(param):
        return param
    told = descriptor.parameter_info
    bounded = told.min is not None or told.max is not None or told.parser is not None
    read = READ.get(_single(descriptor.annotation))
    if read is not None and not bounded:
        setattr(param, OURS, lambda: AsWritten(read, library))
    return param


def _single(annotation: Any) -> Any:
    """What one word of the parameter becomes: `list[Path] | None` → `Path`."""
    inner = [each for each in get_args(annotation) if each is not NoneType]
    return _single(inner[0]) if len(inner) == 1 else annotation
