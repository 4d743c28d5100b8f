"""Names of people as bibliographies write them: `Family, Given` and `Given Family`."""

from __future__ import annotations

import re

from regesta.content.paper import Author, full_name
from regesta.text.identifiers import orcid
from regesta.text.names import without_others
from regesta.text.strings import one_line, shows

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]+", re.IGNORECASE)


def person(given: str = "", family: str = "", *, name: str = "", orcid_id: str = "") -> Author | None:
    """Return the author with a whole name, or with given and family name; None if the name shows nothing.

    `et al.` and `and others` are no part of a name.
    """
    given, family = without_others(one_line(given)), without_others(one_line(family))
    whole = without_others(one_line(name) or full_name(given, family))
    if not shows(whole):
        return None
    parts = (given, family) if given and family else ("", "")
    return Author(whole, *parts, orcid=orcid(orcid_id))


def from_reversed(text: str) -> Author | None:
    """Return the author of `Family, Given`, `Family, Jr, Given` or `Given Family`; None if nothing shows."""
    family, *others = [part.strip() for part in text.split(",")]
    if not others:
        return person(name=text)
    if len(others) > 1 and _SUFFIX.fullmatch(others[0]):
        return person(others[1], f"{family} {others[0]}")
    return person(" ".join(filter(None, others)), family)
