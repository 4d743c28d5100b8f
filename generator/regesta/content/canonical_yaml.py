"""The YAML that Regesta writes: a writer, and a reader of that form alone, several times as fast as libyaml.

The reader guesses nothing: if any part of a text is in another form, the caller gives the whole text to a full YAML
parser, which also reports errors with their lines.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from regesta.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Text that is the same in YAML 1.1 and 1.2 without quotes, and does not look like a number or a date.
_PLAIN = pattern(r"[A-Za-z][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+()-]+)*")
_RESERVED_WORDS = frozenset("true false yes no on off null y n".split())
_UNSAFE_IN_QUOTES = pattern("[\x7f-\xa0\u00ad\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_WIDTH = 110

#: The forms that are read: a key; text without quotes, on its own line or in brackets; text in quotes; any value.
_CONTROLS = r"\x00-\x1f\x7f"
_KEY = "[A-Za-z][A-Za-z0-9_-]{0,99}"
_TEXT = rf"[^\W_][^:#{_CONTROLS}]*(?::(?=\S)[^:#{_CONTROLS}]*)*(?<! )"
_WORD = r"[A-Za-z0-9][A-Za-z0-9_./+() -]*(?<! )"
_PAIR = f"{_KEY}: {_WORD}"
_QUOTED = rf'"[^"\\{_CONTROLS}]*(?:\\(?:["\\bfnrt]|u(?!d[89a-f])[0-9a-f]{{4}})[^"\\{_CONTROLS}]*)*"'
_VALUE = rf"({_TEXT})|({_QUOTED})|\[({_WORD}(?:, {_WORD})*)\]|\{{({_PAIR}(?:, {_PAIR})*)\}}|([\[{{].*)"
#: An entry, with its value on the same line or on the lines below; a comment or an empty line; otherwise the rest.
_ENTRY = pattern(rf"({_KEY}):(?: (?:{_VALUE})|((?:\n  .+)*))(?:\n|\Z)|(?:#[^{_CONTROLS}]*)?\n|([\s\S]+)")
#: A line below a key: an item of a list, or an entry of a mapping; otherwise the rest.
_LINE = pattern(rf"\n  (?:-|({_KEY}):) (?:{_VALUE})(?=\n|\Z)|([\s\S]+)")
#: An item of a list of mappings, with the lines below it; a comment or an empty line; otherwise the rest.
_ITEM = pattern(r"- ([A-Za-z].+\n(?:(?:  .+|#.*)?\n)*)|(?:#.*)?\n|([\s\S]+)")
#: A list of words that continues on the next lines.
_FOLDED = pattern(r"^([A-Za-z0-9_-]+: \[)([^\[\]{}\"#:]*\n[^\[\]{}\"#:]*)\]$", re.MULTILINE)
_TOKEN = pattern(rf"{_QUOTED}|{_WORD}|, |: |[\[\]{{}}]")
#: Characters in brackets, at most: this limits nesting to 120 levels, and keys to a length that YAML allows.
_LONGEST = 240


def _unique_keys(pairs: Sequence[Any]) -> dict[str, Any]:
    """Return the mapping that (key, value) pairs make.

    Raises:
        ValueError: a key occurs twice.
    """
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError(pairs)
    return data


_decode = json.JSONDecoder(object_pairs_hook=_unique_keys).raw_decode


def read(source: str) -> dict[str, Any] | None:
    """Return canonical YAML as a mapping in which every scalar is text; None if any part is in another form."""
    if not (source.isascii() or source.replace("\n", "").isprintable()):
        return None  # YAML takes some invisible characters for line ends, and forbids others
    data: dict[str, Any] = {}
    try:
        for key, text, quoted, words, pairs, nested, block, other in _ENTRY.findall(source):
            if other or key in data:
                return None
            if key:
                data[key] = _read_block(block) if block else text or _read_value(quoted, words, pairs, nested)
    except ValueError:
        return None
    return data


def read_items(source: str) -> list[tuple[int, Any]] | None:
    """Return the mappings of a canonical list, each with its line from 1; None if any part is in another form.

    A list of words may continue on the next lines.
    """
    items = []
    line = 1
    for match in _ITEM.finditer(source):
        item, other = match.groups()
        text = _FOLDED.sub(_unfold, item.replace("\n  ", "\n")) if item else match[0]
        data = None if other else read(text)
        if data is None or bool(data) != bool(item):
            return None
        items += [(line, data)] if item else []
        line += match[0].count("\n")
    return items


def _unfold(match: re.Match[str]) -> str:
    return match[1] + re.sub(r",\n +", ", ", match[2]) + "]"


def _read_block(block: str) -> Any:
    """Return the list or mapping in the indented lines below a key.

    Raises:
        ValueError: they are in another form.
    """
    found = []
    for key, text, quoted, words, pairs, nested, other in _LINE.findall(block):
        if other:
            raise ValueError(other)
        found.append((key, text or _read_value(quoted, words, pairs, nested)))
    keys = {key for key, _ in found}
    if keys == {""}:
        return [value for _, value in found]
    if "" in keys:
        raise ValueError(block)
    return _unique_keys(found)


def _read_value(quoted: str, words: str, pairs: str, nested: str) -> Any:
    if quoted:
        return _decode(quoted)[0] if "\\" in quoted else quoted[1:-1]
    if words:
        return words.split(", ")
    if pairs:
        return _unique_keys([pair.split(": ") for pair in pairs.split(", ")])
    return _read_nested(nested) if nested else ""


def _read_nested(text: str) -> Any:
    """Return a list or mapping in brackets: once each word is quoted, it is JSON."""
    tokens = _TOKEN.findall(text) if len(text) <= _LONGEST else ()
    as_json = "".join([token if token[0] in '"[]{},:' else f'"{token}"' for token in tokens])
    value, end = _decode(as_json)
    if "".join(tokens) != text or end != len(as_json):
        raise ValueError(text)
    return value


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
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED_WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE_IN_QUOTES.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted)
