"""The encoder as it ships, run by onnxruntime; the only place that knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.model.pieces import Strips
from betareader.model.vectors import Vectors, load_vectors

if TYPE_CHECKING:
    from betareader.model.questions import Questions

F32 = NDArray[np.float32]
F16 = NDArray[np.float16]
I64 = NDArray[np.int64]

STRIPS = 8
"""Strips read at once."""
QUESTIONS = 1024
"""Questions answered at once; more of them take more memory and no less time."""


@dataclass(frozen=True)
class Impression:
    """What the encoder made of the words it read: log odds, and what the judge of options asks about.

    `row` has for each word of the manuscript its row in the other columns, -1 where it was not read; rows that no word has are empty.  `doubt` has two
    columns, that the word is wrong and that one is lost before it; `stop` has a column for each of `STOPS`, `pos` of
    `POS`, `named` of `NAMED`.  `begins` and `ends` are what is looked for at the first piece of each word and at the
    last, as the beginning of a stretch and as its end.
    """

    row: I64
    doubt: F32
    stop: F32
    start: F32
    pos: F32
    named: F32
    begins: F16
    ends: F16

    @property
    def read(self) -> NDArray[np.bool_]:
        """Which words were read."""
        found: NDArray[np.bool_] = self.row >= 0
        return found

    def of_all(self, column: F32, unread: float) -> F32:
        """A column with a row for every word, `unread` where one was not read."""
        found = np.full((len(self.row), *column.shape[1:]), unread, np.float32)
        found[self.read] = column[self.row[self.read]]
        return found


COLUMNS = ("doubt", "stop", "start", "pos", "named", "begins", "ends")
"""The columns of an impression in the order in which the graph gives them."""


class Network:
    """Two graphs: one reads strips of pieces, the other judges options; what the pieces mean is looked up for both."""

    def __init__(self, reads: bytes | str, judges: bytes | str, vectors: Vectors) -> None:
        import onnxruntime

        self._vectors = vectors
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._reads: Any = onnxruntime.InferenceSession(reads, options, providers=["CPUExecutionProvider"])
        self._judges: Any = onnxruntime.InferenceSession(judges, options, providers=["CPUExecutionProvider"])
        _, queries, *tags = (tuple(output.shape) for output in self._reads.get_outputs())
        self._shapes = [(shape[1:], np.float32) for shape in tags] + [((2, queries[-1]), np.float16)] * 2

    def read(self, strips: Strips, wanted: NDArray[np.bool_], before: Impression | None = None) -> Impression:
        """Read the `wanted` strips; what other strips of the same manuscript made `before` is kept with it.

        The columns have room for every word from the first, which takes no memory until it is written, so that they are never copied.
        """
        order = np.argsort(strips.strip, kind="stable")
        order = order[wanted[strips.strip[order]]]
        strip_of = strips.strip[order]
        done = int(before.read.sum()) if before else 0
        row = before.row.copy() if before else np.full(len(strips.strip), -1)
        row[order] = np.arange(done, done + len(order))
        columns = (
            [getattr(before, name) for name in COLUMNS]
            if before
            else [np.zeros((len(row), *shape), kind) for shape, kind in self._shapes]
        )
        chosen = np.flatnonzero(wanted)
        for start in range(0, len(chosen), STRIPS):
            some = chosen[start : start + STRIPS]
            rows = slice(*np.searchsorted(strip_of, [some[0], some[-1] + 1]))
            words = order[rows]
            place = np.searchsorted(some, strips.strip[words])
            first, last = strips.first[words], strips.last[words]
            at_first, at_last, *tags = self._reads.run(
                None,
                {
                    "meant": self._vectors.of(strips.pieces[some]),
                    "pieces": strips.pieces[some], "marks": strips.marks[some],
                    "strip": place, "first": first, "last": last,
                },
            )  # fmt: skip
            begins = np.stack([at_first[place, first], at_first[place, last]], axis=1)
            ends = np.stack([at_last[place, last], at_last[place, first]], axis=1)
            for column, found in zip(columns, (*tags, begins, ends), strict=True):
                column[done + rows.start : done + rows.stop] = found
        return Impression(row, *columns)

    def judge(self, questions: Questions, impression: Impression) -> F32:
        """The log odds of each option; the words at its ends must have been read."""
        found = np.zeros(len(questions.fault), np.float32)
        for start in range(0, len(found), QUESTIONS):
            some = slice(start, start + QUESTIONS)
            first, last = impression.row[questions.first[some]], impression.row[questions.last[some]]
            lost = questions.lost[some].astype(np.int64)
            (found[some],) = self._judges.run(
                None,
                {
                    "first": impression.begins[first, lost].astype(np.float32),
                    "last": impression.ends[last, lost].astype(np.float32),
                    "fault": questions.fault[some],
                    "stands": self._vectors.together(questions.stands[some]),
                    "put": self._vectors.together(questions.put[some]),
                    "facts": questions.facts[some],
                },
            )
        return found


def can_run() -> bool:
    """Whether the neural reader can run here: onnxruntime is installed, and the weights are there."""
    return find_spec("onnxruntime") is not None and _path("reads.onnx").is_file()


def _path(name: str) -> Any:
    return files("betareader.model") / "data" / name


@cache
def load_network() -> Network:
    """The network that ships."""
    try:
        with as_file(_path("reads.onnx")) as reads, as_file(_path("judges.onnx")) as judges:
            return Network(str(reads), str(judges), load_vectors())
    except Exception as fault:  # onnxruntime has a family of its own for each way a file can be bad
        raise ModelMissing(f"The neural reader is missing or damaged ({fault}); install betareader again.") from fault
