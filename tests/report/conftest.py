"""What the tests of reports share."""

from __future__ import annotations

import pytest

from tests import chromium


@pytest.fixture(scope="session")
def browser() -> str:
    """A browser without a window; without one the tests fail and say how to get one."""
    return chromium.find()
