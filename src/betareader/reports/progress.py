"""A progress bar on the terminal, for what takes longer than a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, TypeVar

Thing = TypeVar("Thing")
_WIDTH = 24
_PATIENCE = 1.0


class Progress:
    """Shows what is being done on `stream`, once it has taken a second, and clears the line at the end.

    Silent where the stream is not a terminal.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._task = "Opening"
        self._done: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def now(self, task: str) -> None:
        """Say what is being done from here on, when it is not known how much there is of it."""
        self._task, self._done = task, None

    def over(self, things: Sequence[Thing], task: str) -> Iterator[Thing]:
        """Go through `things`, the bar growing with each."""
        for place, thing in enumerate(things):
            self._task, self._done = task, place / len(things)
            yield thing

    def _draw(self) -> None:
        if self._over.wait(_PATIENCE):
            return
        started = time.monotonic()
        while True:
            seconds = time.monotonic() - started + _PATIENCE
            self._stream.write(f"\r{self._bar(seconds)} {self._task}… {seconds:.0f} s\x1b[K")
            self._stream.flush()
            if self._over.wait(0.1):
                break
        self._stream.write("\r\x1b[K")
        self._stream.flush()

    def _bar(self, seconds: float) -> str:
        if self._done is not None:
            full = round(self._done * _WIDTH)
            return "━" * full + "╌" * (_WIDTH - full)
        place = int(seconds * 12) % (_WIDTH + 4)
        return "".join("━" if place - 4 <= column < place else "╌" for column in range(_WIDTH))
