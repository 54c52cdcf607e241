"""Texts that come again and again, held once and named by their number."""


class Pool:
    """`pool(text)` is the number of the text in `pool.texts`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._known: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        if text not in self._known:
            self._known[text] = len(self.texts)
            self.texts.append(text)
        return self._known[text]
