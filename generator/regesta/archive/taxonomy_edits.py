"""Rename and merge tags in `content/tags.yaml`, in place: comments, order and all other entries stay as they are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from regesta.content.fields import is_name
from regesta.content.find_files import TAGS_FILE
from regesta.content.frontmatter import FrontMatterError, change, load_items
from regesta.content.taxonomy import Tag, load_tags, parse_tags
from regesta.content.text_files import read_text, write
from regesta.errors import RegestaError, fail

if TYPE_CHECKING:
    from pathlib import Path


def rename_tag(content: Path, old: str, new: str, *, dry_run: bool = False) -> None:
    """Give a tag another name; the old one becomes an alias, whose address leads on.

    Raises:
        RegestaError: there is no such tag, or the new name cannot be given.
    """
    if _is_done(content, old, new):
        return
    tag = _known(content, old)
    if new in tag.aliases:
        tag = replace(tag, aliases=tuple(alias for alias in tag.aliases if alias != new))
    elif new in load_tags(content):
        raise fail(new, "is a tag already", f"merge the two: regesta tag merge {old} {new}")
    if not is_name(new) or "." in new or "_" in new:
        raise fail(new, "cannot be a tag's name", "use a-z, 0-9 and dashes")
    _rewrite(
        content,
        {
            old: replace(
                tag, tag=new, label=new if tag.label == old else tag.label, aliases=(*tag.aliases, old)
            )
        },
        dry_run,
    )


def merge_tags(content: Path, old: str, into: str, *, dry_run: bool = False) -> None:
    """Make a tag a part of another, which takes over its phrases and hints; its name becomes an alias.

    Raises:
        RegestaError: there is no such tag.
    """
    if _is_done(content, old, into):
        return
    one, two = _known(content, old), _known(content, into)
    if one == two:
        raise fail(old, "is that very tag", "name another")
    phrases = tuple(dict.fromkeys((*two.phrases, *one.phrases)))
    hints = tuple(hint for hint in dict.fromkeys((*two.hints, *one.hints)) if hint not in phrases)
    _rewrite(
        content,
        {
            old: None,
            into: replace(two, phrases=phrases, hints=hints, aliases=(*two.aliases, *one.aliases, old)),
        },
        dry_run,
    )


def _is_done(content: Path, old: str, new: str) -> bool:
    """Tell whether the taxonomy says so already: a run before this one was cut off before it reached the papers."""
    tags = load_tags(content)
    return new in tags and old in tags[new].aliases


def _known(content: Path, name: str) -> Tag:
    tags = load_tags(content)
    if name not in tags:
        raise fail(
            name, f"is no tag of {content.name}/{TAGS_FILE}", "name one that is there, or write it there"
        )
    return tags[name]


def _rewrite(content: Path, changes: dict[str, Tag | None], dry_run: bool) -> None:
    """Write the entries of some tags anew, or leave them out; every other line stays."""
    path, name = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    text, before = read_text(path, name), load_tags(content)
    wanted = [changes.get(tag, known) for tag, known in before.items()]
    lines = text.split("\n")
    starts = [line - 2 for line, _ in load_items(text)]
    ends = [*starts[1:], len(lines)]
    made = ""
    with suppress(FrontMatterError, RegestaError):
        for tag, start, end in reversed([*zip(before.values(), starts, ends, strict=True)]):
            if tag.tag in changes:
                new = changes[tag.tag]
                lines[start:end] = (
                    _entry(tag, new, lines[start:end]) if new else _without_gap(_left_over(lines[start:end]))
                )
        made = "\n".join(lines)
        if [*parse_tags(made, name).values()] != [tag for tag in wanted if tag]:
            made = ""
    if not made:
        raise fail(name, "is written in a way that cannot be changed in place", "make this change by hand")
    if not dry_run:
        write(path, made)


def _without_gap(lines: list[str]) -> list[str]:
    """Return lines without an empty one at the beginning, where an entry stood."""
    return lines[1:] if lines and not lines[0].strip() else lines


def _left_over(lines: list[str]) -> list[str]:
    """Return the lines behind an entry that are not its own: comments and empty lines before the next one."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return lines[end:]


def _entry(before: Tag, after: Tag, lines: list[str]) -> list[str]:
    """Return an entry of which only the keys that differ are written anew, with what follows it."""
    behind = _left_over(lines)
    source = "\n".join(line[2:] for line in lines[: len(lines) - len(behind)]) + "\n"
    values = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(after).items()
        if value != asdict(before)[key]
    }
    changed = change(source, values, tuple(asdict(after)))
    first, *others = changed.rstrip("\n").split("\n")
    return [f"- {first}", *(f"  {line}" if line else line for line in others), *behind]
