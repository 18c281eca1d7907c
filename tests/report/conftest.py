"""What the tests of reports share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import axe, chromium
from tests.driven import Driven, driven


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


@pytest.fixture(scope="module")
def running(browser: str) -> Iterator[Driven]:
    """One browser for all these tests."""
    with driven(browser) as found:
        yield found


@pytest.fixture
def window(running: Driven) -> Driven:
    """A window that remembers nothing."""
    running.fresh()
    return running
