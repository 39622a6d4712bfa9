"""A module imports from lower floors only, and what is heavy is imported in one place and only when used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import betareader
from betareader.checks import FAMILIES

ROOT = Path(betareader.__file__).parent
FLOORS = (
    {"span", "errors"},
    {"difference"},
    {"manuscript", "findings", "style"},
    {"formats", "structure", "language", "model", "style_file"},
    {"story", "meaning"},
    {"reading"},
    {"checks", "clash"},
    {"desk"},
    {"reports", "options"},
    {"cli", "__init__"},
    {"__main__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FAMILY_NAMES = {family.__name__ for family in FAMILIES}
MODULES = {".".join(path.relative_to(ROOT.parent).with_suffix("").parts): path for path in sorted(ROOT.rglob("*.py"))}
HEAVY = ("onnxruntime", "pygls", "starlette", "ray")


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports by its full name, in functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    """The part of the house a module stands in: `formats` for `betareader.formats.plain`."""
    return module.split(".")[1]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_lower_floors_only(module: str) -> None:
    own = [name for name in imports(MODULES[module]) if name.startswith("betareader.")]
    climbing = [name for name in own if room(name) != room(module) and FLOOR_OF[room(name)] >= FLOOR_OF[room(module)]]
    assert climbing == []


@pytest.mark.parametrize("module", sorted(FAMILY_NAMES))
def test_check_families_do_not_import_each_other(module: str) -> None:
    others = FAMILY_NAMES - {module}
    own = MODULES.get(module) or MODULES[f"{module}.__init__"]
    borrowed = [name for name in imports(own) if name in others or name.rpartition(".")[0] in others]
    assert borrowed == []


@pytest.mark.parametrize("heavy", HEAVY)
def test_what_is_heavy_is_imported_in_one_file_at_most(heavy: str) -> None:
    assert len([module for module, path in MODULES.items() if heavy in {n.split(".")[0] for n in imports(path)}]) <= 1


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, betareader.cli; print(sorted({'numpy', 'onnxruntime', 'betareader.reading'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
