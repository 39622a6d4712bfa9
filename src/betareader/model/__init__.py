"""The readers of context, and the one that ships."""

from __future__ import annotations

from collections.abc import Sequence

from betareader.model.reader import Judgement, Reader


class Silent:
    """A reader with nothing to say, until the real one is in its place."""

    def read(
        self, text: str, words: Sequence[tuple[int, int]], in_speech: Sequence[bool], own: frozenset[str]
    ) -> list[Judgement]:
        """Judge every word known and meant."""
        return [Judgement(True) for _ in words]


def load_reader() -> Reader:
    """The reader that ships."""
    return Silent()
