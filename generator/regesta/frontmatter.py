"""YAML front matter: read every scalar as text, write it canonically, and change single keys in place."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import yaml

#: Reads every scalar as text; by libyaml where PyYAML was built with it.
TextLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: Text that YAML 1.1 and 1.2 both read as itself without quotes, and that nobody could take for a number or a date.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+()-]+)*")
_WORDS_WITH_MEANING = frozenset("true false yes no on off null y n".split())
_UNSAFE_IN_QUOTES = re.compile("[\x7f-\xa0\u00ad\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_WIDTH = 110


class FrontMatterError(ValueError):
    """The front matter cannot be read; `line` counts from 1 in the whole file."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def split(text: str) -> tuple[str, str]:
    """Return (YAML, body) of a file that begins with `---`; both keep their line ends.

    Raises:
        FrontMatterError: the file does not begin with front matter, or it is not closed.
    """
    if not text.startswith("---\n"):
        raise FrontMatterError("does not begin with front matter (a line of three dashes)", 1)
    end = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, 4)
    if not end:
        raise FrontMatterError("front matter is not closed by a line of three dashes", 1)
    return text[4 : end.start()], text[end.end() :]


def load(source: str) -> dict[str, Any]:
    """Return front matter as a mapping in which every scalar is text.

    Raises:
        FrontMatterError: it is not valid YAML, not a mapping, or names a key twice.
    """
    try:
        data = yaml.load(source, Loader=TextLoader)  # noqa: S506 - builds nothing but text, lists and mappings
    except yaml.YAMLError as error:
        raise _no_yaml(source, error) from error
    if data is None or data == "":
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError("is not a list of `key: value` lines", 2)
    if len(re.findall(r"^[^\s#\-\]},][^\n]*?:(?:\s|$)", source, re.MULTILINE)) > len(data):
        _refuse_twins(source)
    return data


def _no_yaml(source: str, error: yaml.YAMLError) -> FrontMatterError:
    """Return what the parser says, on one line; a character that YAML forbids has a position instead of a mark."""
    mark, message = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    before = source.encode()[: getattr(error, "position", 0)].count(b"\n")
    line = (mark.line if mark else before) + 2
    return FrontMatterError(f"is not valid YAML ({message or str(error).splitlines()[0]})", line)


def _refuse_twins(source: str) -> None:
    seen = set()
    for key, line, _, _ in _keys(source):
        if key in seen:
            raise FrontMatterError(f"has the key `{key}` twice", line)
        seen.add(key)


def line_of(source: str, key: str) -> int:
    """Return the line of a top-level key in the whole file, counted from 1 (the dashes are line 1)."""
    return next((line for name, line, _, _ in _keys(source) if name == key), 1)


def _keys(source: str) -> list[tuple[str, int, int, int]]:
    """Return (key, line in the file, start, end) of each top-level entry.

    The end is that of its last value: the comments and blank lines that follow a block belong to no entry.
    """
    found: list[tuple[str, int, int]] = []
    ends: list[int] = []
    open_ones: list[bool] = []  # for each collection around, whether it is written in brackets
    is_key = False
    event: Any
    for event in yaml.parse(source, Loader=yaml.BaseLoader):
        is_node, is_end = isinstance(event, yaml.NodeEvent), isinstance(event, yaml.CollectionEndEvent)
        if is_node and len(open_ones) == 1:
            is_key = not is_key
            if is_key:
                found.append((getattr(event, "value", ""), event.start_mark.line + 2, event.start_mark.index))
                ends.append(0)
        if ends and (is_node or (is_end and len(open_ones) > 1 and open_ones[-1])):
            ends[-1] = event.end_mark.index
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append(bool(event.flow_style))
        elif is_end:
            open_ones.pop()
    return [(*place, len(source[:end].rstrip())) for place, end in zip(found, ends, strict=True)]


def entry(key: str, value: Any) -> str:
    """Return `key: value` as canonical YAML without a final line end; value is text, a number, a list or a mapping."""
    name = _flow(key)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "\n".join([f"{name}:", *(f"  - {_flow(item)}" for item in value)])
    line = f"{name}: {_flow(value)}"
    if len(line) <= _WIDTH or not isinstance(value, list | dict):
        return line
    if isinstance(value, list):
        return "\n".join([f"{name}:", *(f"  - {_flow(item)}" for item in value)])
    return "\n".join([f"{name}:", *(f"  {_flow(inner)}: {_flow(item)}" for inner, item in value.items())])


def _flow(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(name)}: {_flow(item)}' for name, item in value.items())}}}"
    if isinstance(value, int):
        return str(value)
    return _scalar(str(value))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_WITH_MEANING:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE_IN_QUOTES.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted)


def dump(values: dict[str, Any]) -> str:
    """Return a whole front matter block, dashes included; keys whose value is None are left out."""
    lines = [entry(key, value) for key, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def change(source: str, values: dict[str, Any], order: tuple[str, ...]) -> str:
    """Return front matter with some keys set (or, by None, taken out); every other character stays.

    Where the curator used forms of YAML that do not allow that (braces around all, an anchor on what changes), it is
    written anew, which loses comments but no value.

    Args:
        source: the YAML between the dashes.
        values: the new value of each key to change.
        order: all known keys in canonical order; a new key goes behind its nearest neighbour in it.
    """
    wanted = {key: value for key, value in (load(source) | values).items() if value is not None}
    anew = "".join(f"{entry(key, value)}\n" for key, value in wanted.items())
    with suppress(FrontMatterError, yaml.YAMLError):
        changed = _change_in_place(source, values, order)
        if load(changed) == load(anew):
            return changed
    return anew


def _change_in_place(source: str, values: dict[str, Any], order: tuple[str, ...]) -> str:
    for key, value in values.items():
        places = {name: (start, end) for name, _, start, end in _keys(source)}
        if key in places:
            start, end = places[key]
            source = source[:start] + entry(key, value) + source[end:] if value is not None else _without(source, start, end)
        elif value is not None:
            before = order[: order.index(key)] if key in order else order
            ends = [places[name][1] for name in reversed(before) if name in places]
            source = _insert(source, entry(key, value), ends[0] if ends else 0)
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
