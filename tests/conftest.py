"""What every test shares: hypothesis looks at the same manuscripts each time, and takes as long as it needs."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "betareader", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("betareader")
