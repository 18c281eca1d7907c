"""What the tests of reports share."""

from __future__ import annotations

import pytest

from tests import axe, chromium


@pytest.fixture(scope="session")
def browser() -> str:
    """A browser without a window; without one the tests fail and say how to get one."""
    return chromium.find()


@pytest.fixture(scope="session")
def checker(request: pytest.FixtureRequest) -> str:
    """axe-core, kept between sessions; without it the tests fail and say how to get it."""
    cache = request.config.cache
    assert cache is not None
    return axe.script(cache.mkdir("axe"))
