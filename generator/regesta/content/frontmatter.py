"""YAML front matter: read every scalar as text, write it canonically, and change single keys in place.

PyYAML is loaded only for files that are not in Regesta's own form, or have errors.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from regesta.content import canonical_yaml as canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import yaml

_END = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_DEEPEST = 150  # levels of nesting; many more would exhaust the parser's stack
_COPIES = 10  # times its own size: how far a text may grow by YAML's & and *
_TOO_DEEP = "is nested too deeply"
#: The message of libyaml for a thousand brackets (since PyYAML 6.0.4): it reads a whole line before we see any event.
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"


class FrontMatterError(ValueError):
    """The YAML cannot be read; `line` counts from 1 in the whole file."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def split(text: str) -> tuple[str, str]:
    """Return (YAML, body) of a file that begins with `---`; both keep their line ends.

    Raises:
        FrontMatterError: the file does not begin with front matter, or the front matter is not closed.
    """
    if not text.startswith("---\n"):
        raise FrontMatterError("does not begin with front matter (a line of three dashes)", 1)
    end = _END.search(text, 3)
    if not end:
        raise FrontMatterError("front matter is not closed by a line of three dashes", 1)
    return text[4 : end.start() + 1], text[end.end() :]


def load(source: str, first: int = 1) -> dict[str, Any]:
    """Return YAML as a mapping in which every scalar is text; `first` is its first line in the file (2 in front matter).

    Raises:
        FrontMatterError: it is not valid YAML, not a mapping, has a key twice, is nested too deeply, or grows too large.
    """
    data = canonical.read(source)
    if data is not None:
        return data
    try:
        return _load_any(source)
    except FrontMatterError as error:
        error.line += first - 1  # it counted from 1 in the YAML
        raise


@cache
def text_loader() -> Any:
    """Return a loader that reads every scalar as text and refuses duplicate keys; it uses libyaml if PyYAML has it."""
    import yaml

    base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

    class TextLoader(base):  # type: ignore[misc]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
            data: dict[str, Any] = super().construct_mapping(node, deep=deep)
            if len(data) < len(node.value):
                _refuse_duplicates([key for key, _ in node.value])
            return data

    return TextLoader


def _refuse_duplicates(keys: Iterable[yaml.Node]) -> None:
    seen = set()
    for key in keys:
        if key.value in seen:
            raise FrontMatterError(f"has the key `{key.value}` twice", key.start_mark.line + 1)
        seen.add(key.value)


def _load_any(source: str) -> dict[str, Any]:
    import yaml

    try:
        _refuse_depth(source)
        data = yaml.load(source, Loader=text_loader())  # noqa: S506 - builds nothing but text, lists and mappings
    except yaml.YAMLError as error:
        raise _parser_error(source, error) from error
    if data is None or data == "":
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError("is not a list of `key: value` lines", 1)
    _refuse_copies(data, _COPIES * len(source))
    return data


def load_items(source: str) -> list[tuple[int, Any]]:
    """Return the items of a file that is a YAML list, every scalar as text, each with its line from 1.

    Raises:
        FrontMatterError: it is not valid YAML, not a list, is nested too deeply, or grows too large.
    """
    items = canonical.read_items(source)
    return _load_any_items(source) if items is None else items


def _load_any_items(source: str) -> list[tuple[int, Any]]:
    import yaml

    try:
        _refuse_depth(source)
        loader = text_loader()(source)
        root = loader.get_single_node()
        if root and not isinstance(root, yaml.SequenceNode):
            raise FrontMatterError("is not a list", root.start_mark.line + 1)
        nodes = root.value if root else []
        items = [(node.start_mark.line + 1, loader.construct_object(node, deep=True)) for node in nodes]
    except yaml.YAMLError as error:
        raise _parser_error(source, error) from error
    _refuse_copies([item for _, item in items], _COPIES * len(source))
    return items


def _refuse_depth(source: str) -> None:
    """Refuse YAML that is nested too deeply for the parser, which is recursive."""
    import yaml

    if sum(map(source.count, "[{-?:")) <= _DEEPEST:
        return
    depth = 0
    event: Any
    for event in yaml.parse(source, Loader=text_loader()):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise FrontMatterError(_TOO_DEEP, event.start_mark.line + 1)


def _refuse_copies(data: Any, room: int) -> None:
    """Refuse data whose values, with all copies of them, outgrow the room given (characters)."""
    pile = [data]
    while pile:
        value = pile.pop()
        room -= len(value)
        if room < 0:
            raise FrontMatterError(f"grows to more than {_COPIES} times its size by YAML's & and *", 1)
        if isinstance(value, list):
            pile += value
        elif isinstance(value, dict):
            pile += [*value, *value.values()]


def _parser_error(source: str, error: yaml.YAMLError) -> FrontMatterError:
    """Return the parser's error on one line; for a forbidden character, it has a position instead of a mark."""
    mark, message = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    before = source.encode()[: getattr(error, "position", 0)].count(b"\n")
    line = (mark.line if mark else before) + 1
    reason = message or str(error).splitlines()[0]
    if reason == _TOO_DEEP_FOR_LIBYAML:
        return FrontMatterError(_TOO_DEEP, line)
    hint = "; quotes make a text of what holds a colon" if reason.startswith("mapping values") else ""
    return FrontMatterError(f"is not valid YAML ({reason}{hint})", line)


def line_of(source: str, *path: str | int, first: int = 1) -> int:
    """Return the line in the file of the value at a path of keys and numbers (from 0), or of the last step that exists.

    The YAML was read before by `load` or `load_items`; `first` is its first line in the file.
    """
    line, node = -1, _root(source)
    for step in path:
        if step not in _children(node):
            break
        line, node = _children(node)[step]
    return max(first + line, 1)


@lru_cache(maxsize=1)  # a file with one problem often has more
def _root(source: str) -> Any:
    import yaml

    return yaml.compose(source, Loader=text_loader())


@lru_cache(maxsize=4)
def _children(node: Any) -> Mapping[str | int, tuple[int, Any]]:
    """Return the line, from 0, and the node of each value of a mapping, by key, or of a list, by number."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        return {key.value: (key.start_mark.line, value) for key, value in node.value}
    items = node.value if isinstance(node, yaml.SequenceNode) else ()
    return {number: (item.start_mark.line, item) for number, item in enumerate(items)}


@lru_cache(maxsize=1)  # some changes leave the source as it is
def _spans(source: str) -> list[tuple[str, int, int]]:
    """Return (key, start, end) of each top-level entry.

    An entry ends with its last value: comments and empty lines after it belong to no entry.
    """
    import yaml

    found: list[tuple[str, int]] = []
    ends: list[int] = []
    open_ones: list[bool] = []  # for each enclosing collection, whether it is in brackets
    is_key = False
    event: Any
    for event in yaml.parse(source, Loader=text_loader()):
        is_node, is_end = isinstance(event, yaml.NodeEvent), isinstance(event, yaml.CollectionEndEvent)
        if is_node and len(open_ones) == 1:
            is_key = not is_key
            if is_key:
                found.append((getattr(event, "value", ""), event.start_mark.index))
                ends.append(0)
        if ends and (is_node or (is_end and len(open_ones) > 1 and open_ones[-1])):
            ends[-1] = event.end_mark.index
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append(bool(event.flow_style))
        elif is_end:
            open_ones.pop()
    return [(*place, len(source[:end].rstrip())) for place, end in zip(found, ends, strict=True)]


def dump(values: dict[str, Any]) -> str:
    """Return a front matter block with its dashes; keys whose value is None are left out."""
    lines = [canonical.entry(key, value) for key, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def change(source: str, values: dict[str, Any], order: tuple[str, ...]) -> str:
    """Return front matter with some keys set (or removed, by None); every other character stays.

    Some forms of YAML do not allow that (braces around the whole, an anchor on a changed value): then the front matter
    is written anew, which loses comments but no value.

    Args:
        source: the YAML between the dashes.
        values: the new value of each key to change.
        order: all known keys in canonical order; a new key goes after its nearest predecessor in it.
    """
    import yaml

    wanted = {key: value for key, value in (load(source) | values).items() if value is not None}
    anew = "".join(f"{canonical.entry(key, value)}\n" for key, value in wanted.items())
    with suppress(FrontMatterError, yaml.YAMLError):
        changed = _change_in_place(source, values, order)
        if load(changed) == load(anew):
            return changed
    return anew


def _change_in_place(source: str, values: dict[str, Any], order: tuple[str, ...]) -> str:
    for key, value in values.items():
        places = {name: (start, end) for name, start, end in _spans(source)}
        if key in places:
            start, end = places[key]
            source = (
                source[:start] + canonical.entry(key, value) + source[end:]
                if value is not None
                else _without(source, start, end)
            )
        elif value is not None:
            before = order[: order.index(key)] if key in order else order
            ends = [places[name][1] for name in reversed(before) if name in places]
            source = _insert(source, canonical.entry(key, value), ends[0] if ends else 0)
    return source


def _without(source: str, start: int, end: int) -> str:
    line_end = source.find("\n", end)
    return source[:start] + (source[line_end + 1 :] if line_end >= 0 else "")


def _insert(source: str, line: str, after: int) -> str:
    if not after:
        return f"{line}\n{source}"
    line_end = source.find("\n", after)
    if line_end < 0:
        return f"{source}\n{line}\n"
    return f"{source[: line_end + 1]}{line}\n{source[line_end + 1 :]}"
