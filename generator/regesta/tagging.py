"""Tags suggested by `content/tags.yaml`: a paper bears a tag if it speaks of it often enough, by the tag's own phrases.

The title counts for `IN_TITLE` sentences. A sentence counts once for a tag, however often it names it: fully by one of
the tag's phrases, half by a mere hint. A tag needs `ENOUGH` in all: the title, two sentences, or as much in hints.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.errors import Problem, RegestaError, fail
from regesta.fields import is_name
from regesta.files import TAGS_FILE
from regesta.frontmatter import FrontMatterError, load_items
from regesta.store import PaperError, read_text
from regesta.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_TAGS = 6
#: What a sentence is worth that names a tag, what a tag needs in all, and how many sentences a title counts for.
BY_PHRASE, BY_HINT, ENOUGH = 2, 1, 4
IN_TITLE = 2

_KEYS = ("tag", "label", "description", "phrases", "hints")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
#: A word, or a mark that no phrase reaches across; blanks and hyphens join words alike.
_WORD = re.compile(r"[^\W_]+|[,;:()]")
_PLURAL = re.compile(r"(?<=[^\W_][^\W\d_])s(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject of the taxonomy.

    Attributes:
        tag: its name in addresses and front matter.
        label: its name for readers.
        description: one sentence that says what belongs here.
        phrases: what suggests the tag; one in capitals must be written so, others in any case, plural included.
        hints: phrases that suggest it too, but at half the worth: they are often said in passing.
    """

    tag: str
    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def load_tags(content: Path) -> dict[str, Tag]:
    """Return the taxonomy, by tag, in the file's order; nothing if the archive has none.

    Raises:
        RegestaError: with every problem of the file.
    """
    path, name = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    tags: dict[str, Tag] = {}
    problems = []
    if os.path.lexists(path) and not path.is_file():
        raise fail(name, "is no file that can be read", "remove it, or put the taxonomy in its place")
    for line, entry in _entries(path, name) if path.exists() else ():
        try:
            tag = _tag(entry, tags)
        except _TagError as error:
            problems.append(Problem(name, line, str(error), "see docs/tags.md for what a tag looks like"))
        else:
            tags[tag.tag] = tag
    if problems:
        raise RegestaError(problems)
    return tags


class _TagError(ValueError):
    """An entry of the taxonomy cannot be understood."""


def _entries(path: Path, name: str) -> list[tuple[int, Any]]:
    """Return the entries of the taxonomy, each with its line."""
    try:
        return [(line - 1, entry) for line, entry in load_items(read_text(path, name))]  # there is no line of dashes above
    except PaperError as error:
        raise RegestaError(error.problems) from error
    except FrontMatterError as error:
        raise RegestaError([Problem(name, error.line - 1, str(error), "begin each tag with `- tag: name`, as docs/tags.md shows")]) from error


def _tag(entry: Any, others: Mapping[str, Tag]) -> Tag:
    if not isinstance(entry, dict) or not isinstance(entry.get("tag"), str):
        raise _TagError("is not a tag with a name")
    name = entry["tag"]
    if "." in name or "_" in name or not is_name(name):
        raise _TagError(f"{name!r} cannot be a tag's name (a-z, 0-9 and dashes)")
    if name in others:
        raise _TagError(f"names the tag {name!r} a second time")
    if unknown := sorted(set(entry) - set(_KEYS)):
        raise _TagError(f"{name!r} has unknown keys: {', '.join(unknown)}")
    label, description = (entry.get(key, "") for key in ("label", "description"))
    if not isinstance(label, str) or not isinstance(description, str):
        raise _TagError(f"the label and the description of {name!r} are no texts")
    phrases, hints = (_texts(entry.get(key, []), f"the {key} of {name!r}") for key in ("phrases", "hints"))
    return Tag(name, one_line(label) or name, one_line(description), phrases, hints)


def _texts(value: Any, what: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and _words(item) for item in value):
        raise _TagError(f"{what} are no list of words")
    return tuple(map(one_line, value))


class _Phrase(NamedTuple):
    """A phrase or hint of a tag, ready to be compared word by word."""

    words: tuple[str, ...]
    capitals: bool
    tag: str
    worth: int

    def stands_in(self, words: list[str], place: int) -> bool:
        return tuple(words[place : place + len(self.words)]) == self.words


class Tagger:
    """Suggests tags for papers by a taxonomy; its phrases are looked up by their first words."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._order = {tag.tag: place for place, tag in enumerate(tags)}
        self._phrases: dict[str, list[_Phrase]] = {}
        for tag in tags:
            worths = [*((phrase, BY_PHRASE) for phrase in tag.phrases), *((hint, BY_HINT) for hint in tag.hints)]
            for text, worth in worths:
                words = tuple(_words(text if text.isupper() else text.lower()))
                self._phrases.setdefault(words[0].lower(), []).append(_Phrase(words, text.isupper(), tag.tag, worth))

    def suggest(self, title: str, abstract: str) -> tuple[str, ...]:
        """Return up to `MOST_TAGS` tags for a paper, the best suggested first (ties in the taxonomy's order)."""
        scores = Counter({tag: worth * IN_TITLE for tag, worth in self._named(title).items()})
        for sentence in _SENTENCE_END.split(abstract):
            scores.update(self._named(sentence))
        enough = [tag for tag, score in scores.items() if score >= ENOUGH]
        return tuple(sorted(enough, key=lambda tag: (-scores[tag], self._order[tag]))[:MOST_TAGS])

    def _named(self, sentence: str) -> dict[str, int]:
        """Return the tags that a sentence names, each with its worth: that of a phrase if there is one."""
        words = _words(sentence)
        small = [word.lower() for word in words]
        named: dict[str, int] = {}
        for place, first in enumerate(small):
            for phrase in self._phrases.get(first, ()):
                if phrase.stands_in(words if phrase.capitals else small, place):
                    named[phrase.tag] = max(phrase.worth, named.get(phrase.tag, 0))
        return named


def _words(text: str) -> list[str]:
    """Return the words of a text without plural s, and its commas and brackets."""
    return _WORD.findall(_PLURAL.sub("", text))
