"""Whether a note looks as if it named somebody. A guess that errs on the side of asking; it never refuses."""

from __future__ import annotations

import re

_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Rev)\.?\s+[A-Z]")
_INITIALS = re.compile(r"\b[A-Z]\.\s?[A-Z]\b")
_SMALL = re.compile(r"\b(?:mr|mrs|ms|mx)\b\.?\s+[a-z]")
_MONTH = "jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})[a-z]*\.?\s+\d{{4}}\b|\b(?:born|dob)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,;()\"“”/–—-]+")
_NAME = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]{2,})?|[^\W\d_]['’][^\W\d_]{2,}")
NO_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "maths",
        "mathematics",
        "science",
        "french",
        "german",
        "spanish",
        "welsh",
        "latin",
        "irish",
        "history",
        "geography",
        "music",
        "art",
        "drama",
        "christmas",
        "easter",
        "eid",
        "diwali",
        "ofsted",
        "estyn",
        "year",
        "years",
        "reception",
        "nursery",
        "key",
        "stage",
        "head",
        "deputy",
        "assistant",
        "governors",
        "trust",
        "authority",
        "phase",
        "class",
        "term",
        "inset",
    ]
)
"""Words with a capital that name nobody, in small letters."""


def looks_personal(text: str) -> str:
    """Say what a text looks as if it held (a name, initials, a date of birth), or nothing."""
    if _TITLE.search(text) or _SMALL.search(text):
        return "a name"
    if _INITIALS.search(text):
        return "initials"
    if _DATE.search(text):
        return "a date of birth"
    begins = True
    for found in _WORD.finditer(text):
        word = found[0].rstrip(".!?:").removesuffix("'s").removesuffix("’s")
        named = _NAME.fullmatch(word) and word[0].isupper() and not word.isupper()
        if not begins and named and word.lower() not in NO_NAMES:
            return "a name"
        begins = found[0][-1] in ".!?:"
    return ""
