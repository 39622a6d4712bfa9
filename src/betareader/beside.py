"""Work that is done beside other work."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Thread, Generic[T]):
    """Does one thing, begun at once, beside what its maker does; abandoned where that is abandoned."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._found: list[T] = []
        self._fault: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Do it, and keep what comes of it."""
        try:
            self._found.append(self._work())
        except BaseException as fault:  # raised again where the answer is asked for
            self._fault = fault

    def done(self) -> T:
        """What came of it, once it has; a fault in it is raised here, each time."""
        self.join()
        if self._fault is not None:
            raise self._fault
        return self._found[0]
