"""A short turn of the fuzzer over every reader; `python -m bench.fuzz` takes as long as it is told to."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bench.fuzz import fuzz
from bench.fuzz_seeds import SEEDS
from betareader.formats import read, write


@pytest.mark.parametrize("suffix", SEEDS)
def test_spoilt_files_are_read_or_refused_in_a_sentence(suffix: str, tmp_path: Path) -> None:
    assert write(read(Path(f"story{suffix}"), SEEDS[suffix]), []) == SEEDS[suffix]
    assert fuzz(suffix, 600, Random(7), tmp_path, most=40).crashes == 0
