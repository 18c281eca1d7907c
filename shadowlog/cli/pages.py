"""A page as the bytes of a file: HTML, or printed by the Chromium on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable


def made_page(made: Callable[[], str], *, pdf: bool) -> bytes:
    """Give the page as HTML or as a PDF; Refused, before it is made, where a PDF is asked for and nothing can print one."""
    if not pdf:
        return made().encode()
    from shadowlog.report.pdf import browser, printed

    program = browser(os.environ)
    return printed(made(), program)
