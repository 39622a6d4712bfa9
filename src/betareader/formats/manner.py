"""The manner in which an edited copy is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Manner:
    """How to write the edits down.

    `tracked`: as changes that can each be taken or refused; None leaves it to the format, and only word processors track then.
    `reasons`: the reason of every edit as a comment too.  `author` and `date` stand on every change and comment.
    """

    tracked: bool | None = None
    reasons: bool = False
    author: str = "betareader"
    date: datetime = EPOCH

    @property
    def shows(self) -> bool:
        """Whether a format that does not track of itself shows its changes: where that was asked for, or their reasons were."""
        return bool(self.tracked) or (self.tracked is None and self.reasons)

    @property
    def stamp(self) -> str:
        """The date in UTC, to the second, as Word and OpenDocument write it, without a zone: 2026-05-04T10:00:00."""
        date = self.date.astimezone(UTC) if self.date.tzinfo else self.date
        return date.strftime("%Y-%m-%dT%H:%M:%S")
