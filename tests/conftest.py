"""What every test shares: hypothesis looks at the same manuscripts each time, and takes as long as it needs."""

from __future__ import annotations

from pathlib import Path

import proof
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "betareader", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("betareader")


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings and checks of the tests' own, so that nothing here hangs on what a real check finds."""
    monkeypatch.setattr("betareader.reading.read", proof.read)
    monkeypatch.setattr("betareader.checks.catalogue", proof.checks)
    monkeypatch.delenv("BETAREADER_DEBUG", raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A short draft in a folder of its own."""
    path = tmp_path / "ferry.txt"
    path.write_text(proof.DRAFT, encoding="utf-8")
    return path
