"""What can go wrong that is not a bug, each with a sentence that says what to do."""

from __future__ import annotations


class BetareaderError(Exception):
    """The root of the tree: the message is one clear sentence, shown to the writer as it is."""

    exit_code = 2


class UnreadableManuscript(BetareaderError):
    """The file is missing, a folder, empty, binary, too large, or not a story in English."""


class UnknownFormat(BetareaderError):
    """Nothing here reads files of that kind."""


class BadStyle(BetareaderError):
    """A style file, preset or flag that cannot be understood."""


class StaleManuscript(BetareaderError):
    """The file on disk is no longer the one that was read."""


class ModelMissing(BetareaderError):
    """A table the reader of context needs is absent or damaged."""


class CannotWrite(BetareaderError):
    """The edited copy or the report could not be written; nothing was changed."""
