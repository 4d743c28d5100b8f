"""The taxonomy, `content/tags.yaml`: the tags of the archive, and the phrases that suggest them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.curated_files import read_entries
from regesta.content.find_files import TAGS_FILE
from regesta.content.schema import is_name, line, list_of, mapping, name, only, unfit
from regesta.content.text_files import TextFileError, read_text
from regesta.errors import fail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: A word, or a mark that ends a phrase; spaces and hyphens both join words.
_WORD = re.compile(r"[^\W_]+|[,;:()]")
_PLURAL = re.compile(r"(?<=[^\W_][^\W\d_])s(?![^\W_])")


def phrase_words(text: str) -> list[str]:
    """Return the words of a text for comparing phrases: without plural s, and with commas and brackets as words."""
    return _WORD.findall(_PLURAL.sub("", text))


def is_tag_name(text: str) -> bool:
    """Tell whether this can be the name of a tag."""
    return is_name(text) and "." not in text and "_" not in text


class Tag(NamedTuple):
    """A tag of the taxonomy.

    Attributes:
        tag: its name in addresses and front matter.
        label: its name for readers.
        description: one sentence that says what belongs here.
        phrases: those that suggest the tag, singular or plural; one in capitals matches only capitals.
        hints: phrases that suggest it with half the weight, because they are often used in passing.
        aliases: its former names; their addresses redirect to it, and papers may still use them.
        group: the heading below which the index of tags has it.
    """

    tag: str
    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    group: str = ""


_PHRASE = only(line, _WORD.search, "{!r} is not a word: use letters and digits")
_PHRASES = list_of(_PHRASE, "write a list of words, as [one, two]")
_TAG = mapping(
    {
        "tag": only(line, is_tag_name, "{!r} is not a tag's name: use a-z, 0-9 and dashes"),
        "label": line,
        "description": line,
        "phrases": _PHRASES,
        "hints": _PHRASES,
        "aliases": list_of(name, "write a list of names, as [one, two]"),
        "group": line,
    },
    "tag",
)


def load_tags(content: Path) -> dict[str, Tag]:
    """Return the taxonomy, by tag, in the order of the file; empty if the archive has none.

    Raises:
        RegestaError: the file has problems; it holds all of them.
    """
    path, file = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    if os.path.lexists(path) and not path.is_file():
        raise fail(file, "is not a file that can be read", "remove it, or put the taxonomy in its place")
    return parse_tags(read_text(path, file), file) if path.exists() else {}


def parse_tags(text: str, file: str) -> dict[str, Tag]:
    """Return the taxonomy that a text describes; `file` is its name in problems.

    Raises:
        RegestaError: the text has problems; it holds all of them.
    """
    tags: dict[str, Tag] = {}

    def add(entry: Any, _line: int) -> None:
        tag = _tag(entry, tags)
        tags[tag.tag] = tag

    _, problems = read_entries(text, file, add, "begin each tag with `- tag: name`, as docs/tags.md shows")
    if problems:
        raise TextFileError(problems)
    return tags


def _tag(entry: Any, others: Mapping[str, Tag]) -> Tag:
    values = _TAG(entry)
    own, aliases = values["tag"], tuple(dict.fromkeys(values.get("aliases", ())))
    taken = {*others, *(alias for tag in others.values() for alias in tag.aliases)}
    if own in taken:
        raise unfit("join the two, or rename one", f"names the tag {own!r} a second time")
    if clash := sorted({own, *taken} & {*aliases}):
        raise unfit("take it out of one of them", f"has the alias {clash[0]!r}, which belongs to another tag")
    return Tag(**values | {"label": values.get("label") or own, "aliases": aliases})
