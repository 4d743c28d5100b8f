"""The caches of what a build computes from all papers: related papers, and the matches of saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.archive.related import recall_related
from regesta.building.inputs import package_versions
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.search.matches import recall_matches
from regesta.text.strings import digest

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.archive.related import RelatedNote
    from regesta.search.matches import MatchesNote

#: The rooms whose code finds related papers, finds the matches of saved searches, and makes pages: a change
#: there voids what it made.
RELATED_CODE = ("limits.py", "text", "content", "archive")
MATCHES_CODE = (*RELATED_CODE, "search")
PAGES_CODE = (*MATCHES_CODE, "pages", "building")

_RELATED, _MATCHES = "related.json", "matches.json"


def load_related(home: Path) -> RelatedNote | None:
    """Return the related papers that the last build found; None if there is no valid cache."""
    return recall_related(read_cache(home / _RELATED, code_of(*RELATED_CODE)))


def save_related(home: Path, note: RelatedNote) -> None:
    """Cache related papers for the next build."""
    write_cache(home / _RELATED, code_of(*RELATED_CODE), note)


def load_matches(home: Path) -> MatchesNote:
    """Return the matches of saved searches that the last build found; none if there is no valid cache."""
    return recall_matches(read_cache(home / _MATCHES, _terms_version()))


def save_matches(home: Path, note: MatchesNote) -> None:
    """Cache the matches of saved searches for the next build."""
    write_cache(home / _MATCHES, _terms_version(), note)


def _terms_version() -> str:
    """Return a hash of all code that decides which terms a text has, packages included."""
    return digest(repr((code_of(*MATCHES_CODE), package_versions())))
