"""The taxonomy, `content/tags.yaml`: the subjects of the archive, and the phrases that suggest them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.content.fields import is_name
from regesta.content.find_files import TAGS_FILE
from regesta.content.frontmatter import FrontMatterError, load_items
from regesta.content.text_files import TextFileError, read_text
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = ("tag", "label", "description", "phrases", "hints", "aliases")
#: A word, or a mark that no phrase reaches across; blanks and hyphens join words alike.
_WORD = re.compile(r"[^\W_]+|[,;:()]")
_PLURAL = re.compile(r"(?<=[^\W_][^\W\d_])s(?![^\W_])")


def phrase_words(text: str) -> list[str]:
    """Return the words of a text as phrases are compared: without plural s, its commas and brackets among them."""
    return _WORD.findall(_PLURAL.sub("", text))


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject of the taxonomy.

    Attributes:
        tag: its name in addresses and front matter.
        label: its name for readers.
        description: one sentence that says what belongs here.
        phrases: what suggests the tag; one in capitals must be written so, others in any case, plural included.
        hints: phrases that suggest it too, but at half the worth: they are often said in passing.
        aliases: names that it had before: their addresses lead to it, and papers may still bear them.
    """

    tag: str
    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def load_tags(content: Path) -> dict[str, Tag]:
    """Return the taxonomy, by tag, in the file's order; nothing if the archive has none.

    Raises:
        RegestaError: with every problem of the file.
    """
    path, name = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    if os.path.lexists(path) and not path.is_file():
        raise fail(name, "is no file that can be read", "remove it, or put the taxonomy in its place")
    try:
        return parse_tags(read_text(path, name), name) if path.exists() else {}
    except TextFileError as error:
        raise RegestaError(error.problems) from error


def parse_tags(text: str, name: str) -> dict[str, Tag]:
    """Return the taxonomy that a text describes; name is what to call its file in problems.

    Raises:
        RegestaError: with every problem of the text.
    """
    tags: dict[str, Tag] = {}
    problems = []
    for line, entry in _entries(text, name):
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


def _entries(text: str, name: str) -> list[tuple[int, Any]]:
    """Return the entries of the taxonomy, each with its line."""
    try:
        return [(line - 1, entry) for line, entry in load_items(text)]  # there is no line of dashes above
    except FrontMatterError as error:
        raise RegestaError(
            [
                Problem(
                    name,
                    error.line - 1,
                    str(error),
                    "begin each tag with `- tag: name`, as docs/tags.md shows",
                )
            ]
        ) from error


def _tag(entry: Any, others: Mapping[str, Tag]) -> Tag:
    if not isinstance(entry, dict) or not isinstance(entry.get("tag"), str):
        raise _TagError("is not a tag with a name")
    name = entry["tag"]
    if "." in name or "_" in name or not is_name(name):
        raise _TagError(f"{name!r} cannot be a tag's name (a-z, 0-9 and dashes)")
    if name in others or any(name in tag.aliases for tag in others.values()):
        raise _TagError(f"names the tag {name!r} a second time")
    if unknown := sorted(set(entry) - set(_KEYS)):
        raise _TagError(f"{name!r} has unknown keys: {', '.join(unknown)}")
    label, description = (entry.get(key, "") for key in ("label", "description"))
    if not isinstance(label, str) or not isinstance(description, str):
        raise _TagError(f"the label and the description of {name!r} are no texts")
    phrases, hints = (_texts(entry.get(key, []), f"the {key} of {name!r}") for key in ("phrases", "hints"))
    return Tag(
        name, one_line(label) or name, one_line(description), phrases, hints, _aliases(entry, name, others)
    )


def _aliases(entry: Mapping[str, Any], name: str, others: Mapping[str, Tag]) -> tuple[str, ...]:
    aliases = entry.get("aliases", [])
    taken = {*others, name, *(alias for tag in others.values() for alias in tag.aliases)}
    if not isinstance(aliases, list) or not all(
        isinstance(alias, str) and is_name(alias) for alias in aliases
    ):
        raise _TagError(f"the aliases of {name!r} are no list of names (a-z, 0-9 and dashes)")
    if clash := sorted(taken & {*aliases}):
        raise _TagError(f"{name!r} has the alias {clash[0]!r}, which another tag bears")
    return tuple(dict.fromkeys(aliases))


def _texts(value: Any, what: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and phrase_words(item) for item in value):
        raise _TagError(f"{what} are no list of words")
    return tuple(map(one_line, value))
