"""A module that is loaded when it is first used: no first result waits for Word, Excel and charts."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module; its names are looked up in it when they are asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
