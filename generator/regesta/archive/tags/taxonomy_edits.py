"""Rename and merge tags in `content/tags.yaml`, in place: comments, order and all other entries stay."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from regesta.content.find_files import TAGS_FILE
from regesta.content.frontmatter import FrontMatterError, change, load_items
from regesta.content.taxonomy import Tag, is_tag_name, load_tags, parse_tags
from regesta.content.text_files import read_text, write
from regesta.errors import RegestaError, fail

if TYPE_CHECKING:
    from pathlib import Path


def rename_tag(content: Path, old: str, new: str, *, dry_run: bool = False) -> None:
    """Rename a tag; the old name becomes an alias, whose address is redirected.

    Raises:
        RegestaError: the tag is unknown, or cannot have the new name.
    """
    if _is_done(content, old, new):
        return
    tag = _tag(content, old)
    if new in tag.aliases:
        tag = tag._replace(aliases=tuple(alias for alias in tag.aliases if alias != new))
    elif new in load_tags(content):
        raise fail(new, "is already a tag", f"merge the two: regesta tag merge {old} {new}")
    if not is_tag_name(new):
        raise fail(new, "cannot be a tag's name", "use a-z, 0-9 and dashes")
    label = new if tag.label == old else tag.label
    renamed = tag._replace(tag=new, label=label, aliases=(*tag.aliases, old))
    _rewrite(content, {old: renamed}, dry_run)


def merge_tags(content: Path, old: str, into: str, *, dry_run: bool = False) -> None:
    """Merge a tag into another, which takes over its phrases and hints; the merged name becomes an alias.

    Raises:
        RegestaError: one of the tags is unknown, or they are the same.
    """
    if _is_done(content, old, into):
        return
    one, two = _tag(content, old), _tag(content, into)
    if one == two:
        raise fail(old, "cannot be merged into itself", "name two tags")
    phrases = tuple(dict.fromkeys((*two.phrases, *one.phrases)))
    hints = tuple(hint for hint in dict.fromkeys((*two.hints, *one.hints)) if hint not in phrases)
    merged = two._replace(phrases=phrases, hints=hints, aliases=(*two.aliases, *one.aliases, old))
    _rewrite(content, {old: None, into: merged}, dry_run)


def _is_done(content: Path, old: str, new: str) -> bool:
    """Tell whether the taxonomy has the change: an earlier run was killed before it reached the papers."""
    tags = load_tags(content)
    return new in tags and old in tags[new].aliases


def _tag(content: Path, name: str) -> Tag:
    tags, file = load_tags(content), f"{content.name}/{TAGS_FILE}"
    if name not in tags:
        raise fail(name, f"is not a tag in {file}", "use a tag of that file, or add this one to it")
    return tags[name]


def _rewrite(content: Path, changes: dict[str, Tag | None], dry_run: bool) -> None:
    """Replace the entries of some tags, or remove those of None; every other line stays.

    Raises:
        RegestaError: the file is written in a way that cannot be changed in place.
    """
    path, name = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    text, before = read_text(path, name), load_tags(content)
    wanted = [changes.get(tag, known) for tag, known in before.items()]
    lines = text.split("\n")
    starts = [line - 1 for line, _ in load_items(text)]
    ends = [*starts[1:], len(lines)]
    changed = ""
    with suppress(FrontMatterError, RegestaError):
        for tag, start, end in reversed([*zip(before.values(), starts, ends, strict=True)]):
            if tag.tag in changes:
                lines[start:end] = _entry(tag, changes[tag.tag], lines[start:end])
        changed = "\n".join(lines)
        if [*parse_tags(changed, name).values()] != [tag for tag in wanted if tag]:
            changed = ""
    if not changed:
        raise fail(name, "is written in a way that cannot be changed in place", "make this change by hand")
    if not dry_run:
        write(path, changed)


def _without_gap(lines: list[str]) -> list[str]:
    """Return lines without an empty first line."""
    return lines[1:] if lines and not lines[0].strip() else lines


def _lines_after(lines: list[str]) -> list[str]:
    """Return the lines after an entry that are not its own: comments and empty lines before the next."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return lines[end:]


def _entry(before: Tag, after: Tag | None, lines: list[str]) -> list[str]:
    """Return an entry's lines and those after it, with other values replaced; None removes the entry."""
    rest = _lines_after(lines)
    if not after:
        return _without_gap(rest)
    source = "\n".join(line[2:] for line in lines[: len(lines) - len(rest)]) + "\n"
    values = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in after._asdict().items()
        if value != before._asdict()[key]
    }
    changed = change(source, values, tuple(after._asdict()))
    first, *others = changed.rstrip("\n").split("\n")
    return [f"- {first}", *(f"  {line}" if line else line for line in others), *rest]
