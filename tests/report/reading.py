"""A page as a reader without eyes has it: headings, tables, figures and text, and every tag that stands in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "caption", "tr", "figcaption", "summary", "text"}
SILENT = {"script", "style", "title"}


@dataclass
class HtmlTable:
    """One table: its caption, its columns, its rows, and whether every heading says what it heads."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The first row."""
        return self.rows[0]

    @property
    def body(self) -> list[list[str]]:
        """The rows below the first."""
        return self.rows[1:]


class Page(HTMLParser):
    """Reads a page once; `noscript` says whether what is for readers without scripts is read too."""

    def __init__(self, text: str, noscript: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.noscript = noscript
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: list[HtmlTable] = []
        self.lines: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.captioned: list[bool] = []
        self.terms: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "table":
            self.tables.append(HtmlTable())
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag == "th":
            self.tables[-1].scopes.append(found.get("scope", ""))
        elif tag == "figure":
            self.captioned.append(False)
        elif tag == "figcaption":
            self.captioned[-1] = True
        if tag in {*BLOCKS, "th", "td"} and tag != "tr":
            self._words = []
        if tag not in VOID:
            self._open.append(tag)

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self._open) and (self.noscript or "noscript" not in self._open):
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        words = " ".join("".join(self._words).replace("\u00a0", " ").split())
        if tag in {"th", "td"}:
            self.tables[-1].rows[-1].append(words)
        elif tag == "caption":
            self.tables[-1].caption = words
        elif tag in {"h1", "h2", "h3"}:
            self.headings.append((int(tag[1]), words))
        elif tag == "dt":
            self.terms.append((words, ""))
        elif tag == "dd":
            self.terms[-1] = (self.terms[-1][0], words)
        if tag == "tr":
            self.lines.append(" | ".join(self.tables[-1].rows[-1]))
        elif tag in BLOCKS and words:
            self.lines.append(f"{'#' * int(tag[1])} {words}" if tag in {"h1", "h2", "h3"} else words)
        if tag in {*BLOCKS, "th", "td"}:
            self._words = []

    @property
    def text(self) -> str:
        """Everything that can be read, a line a block."""
        return "\n".join(self.lines) + "\n"

    def table(self, caption: str) -> HtmlTable:
        """The table with this caption; AssertionError if there is not exactly one."""
        found = [each for each in self.tables if each.caption == caption]
        assert len(found) == 1, [each.caption for each in self.tables]
        return found[0]
