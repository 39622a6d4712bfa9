"""The style file: what a writer, or a preset, asks for, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints

from betareader.errors import BadStyle
from betareader.style import Stet, Wishes

PRESETS = ("chicago", "new-hart")
"""The styles that ship, by name."""

FILE_NAME = "betareader.toml"
"""What a style file beside a manuscript is called."""

_LARGEST = 1_000_000
"""Bytes; a style file larger than this is some other file."""


def load(name_or_path: str | Path) -> Wishes:
    """The wishes of a preset, or of the style file at a path.

    Raises `BadStyle` where the file is missing, unreadable or malformed, or asks for something unknown.
    """
    if str(name_or_path) in PRESETS:
        preset = files("betareader").joinpath("styles", f"{name_or_path}.toml")
        return parse(preset.read_text(encoding="utf-8"), str(name_or_path))
    path = Path(name_or_path)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise BadStyle(f"{path} is too large to be a style file.")
        text = data.decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise BadStyle(f"There is no style file {path}; name a file or one of: {', '.join(PRESETS)}.") from None
    except UnicodeDecodeError:
        raise BadStyle(f"{path} is not a style file: it is not UTF-8 text.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadStyle(f"The style file {path} cannot be read: {why}.") from None
    return parse(text, str(path))


def load_beside(path: Path) -> Wishes:
    """The wishes of the style file in the manuscript's own folder; none at all where there is no such file.

    Folders further up are not looked at, so that a stray file cannot change a story's style.
    """
    beside = path.parent / FILE_NAME
    return load(beside) if beside.is_file() else Wishes()


def merge(over: Wishes, under: Wishes) -> Wishes:
    """What both ask for; where they differ `over` has its way, and words and stets are put together."""
    chosen = {field.name: getattr(over, field.name) for field in fields(Wishes)}
    for name, value in chosen.items():
        if value is None:
            chosen[name] = getattr(under, name)
    chosen["words"] = over.words | under.words
    chosen["stet"] = tuple(dict.fromkeys((*over.stet, *under.stet)))
    return Wishes(**chosen)


def parse(text: str, name: str) -> Wishes:
    """The wishes written in the TOML `text`; `name` says in errors which file it was."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadStyle(f"{name} is not a style file that can be read: {error}.") from None
    known = [field.name for field in fields(Wishes)]
    wishes: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise BadStyle(f"{name} asks for “{key}”, which is not known; known are: {', '.join(known)}.")
        if key == "words":
            wishes[key] = _words(value, name)
        elif key == "stet":
            wishes[key] = _stets(value, name)
        else:
            wishes[key] = _choice(key, value, name)
    return Wishes(**wishes)


def _choices(key: str) -> tuple[Any, ...]:
    """Everything that may be asked for under `key`, taken from the type of its field."""
    kinds = [kind for kind in get_args(get_type_hints(Wishes)[key]) if kind is not type(None)]
    return tuple(choice for kind in kinds for choice in ((True, False) if kind is bool else get_args(kind)))


def _choice(key: str, value: object, name: str) -> object:
    choices = _choices(key)
    for choice in choices:
        if type(value) is type(choice) and value == choice:
            return choice
    shown = ", ".join(str(choice).lower() if isinstance(choice, bool) else f'"{choice}"' for choice in choices)
    raise BadStyle(f"{name} sets {key} to {value!r}; it can be: {shown}.")


def _words(value: object, name: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise BadStyle(f'{name} sets words to {value!r}; it must be a list of words: words = ["Zarn", "grokked"].')
    return frozenset(word.strip() for word in value if word.strip())


def _stets(value: object, name: str) -> tuple[Stet, ...]:
    wrong = BadStyle(
        f'{name} sets stet to {value!r}; it must be a list such as stet = ["doubled_word: bye bye", "cliche"], '
        "or [[stet]] tables with the keys check and words."
    )
    if not isinstance(value, list):
        raise wrong
    stets = []
    for entry in value:
        if isinstance(entry, str):
            check, _, words = entry.partition(":")
        elif isinstance(entry, dict) and set(entry) <= {"check", "words"}:
            check, words = entry.get("check", ""), entry.get("words", "")
        else:
            raise wrong
        if not isinstance(check, str) or not isinstance(words, str) or not check.strip():
            raise wrong
        stets.append(Stet(check.strip(), words.strip()))
    return tuple(stets)
