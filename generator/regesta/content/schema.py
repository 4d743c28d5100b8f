"""A schema for the files of the curator: readers that turn a YAML value into a typed value, or report why they cannot.

A YAML value is text (every scalar is text), a list or a mapping. `mapping`, `by_name` and `list_of` combine readers, so
that a module declares in one place what its file may hold, and a new key is one more entry there:

    _PERSON = mapping({"name": filled(line), "id": line, "aliases": words}, "name")

A reader raises `SchemaError` with all faults; `problems_of` finds their lines in the file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from regesta.content.frontmatter import line_of
from regesta.content.paper import ID_PATTERN
from regesta.errors import Problem, hint
from regesta.text.dates import DAY, is_date
from regesta.text.links import is_address
from regesta.text.strings import LONGEST_LINE, LONGEST_TEXT, clean, one_line, shows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    _K = TypeVar("_K", str, int)
    _T = TypeVar("_T")
    Reader = Callable[[Any], _T]
    Readers = Mapping[str, Reader[Any]]

_CACHE_SIZE = 4096  # texts: tags, days and names of files recur
#: How many words, names or links a list may hold: each tag, collection and alias gets a page.
MOST = 1000
_MOST_UNKNOWN = 100  # keys of a mapping that are reported one by one


class Fault(NamedTuple):
    """One fault of a value: its path of keys and numbers (from 0), what is wrong, and what to do."""

    path: tuple[str | int, ...]
    what: str
    remedy: str

    def below(self, *path: str | int) -> Fault:
        """Return the fault as one of a larger value, which holds this one at the path given."""
        return self._replace(path=(*path, *self.path))


class SchemaError(ValueError):
    """A value does not fit; `faults` holds every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = [*faults]
        super().__init__("; ".join(fault.remedy for fault in self.faults))


def unfit(remedy: str, what: str = "cannot be read", *path: str | int) -> SchemaError:
    """Return the error, to be raised, for a single fault."""
    return SchemaError([Fault(path, what, remedy)])


def problems_of(faults: Iterable[Fault], file: str, source: str, first: int = 1) -> list[Problem]:
    """Return the faults of a file as problems, sorted by line; `source` is its YAML, which begins on line `first`."""
    problems = []
    for path, what, remedy in faults:
        keys = ".".join(step for step in path if isinstance(step, str))
        subject = f"`{keys}` " if keys else "this entry " if path else ""
        problems.append(Problem(file, line_of(source, *path, first=first), subject + what, remedy))
    return sorted(problems, key=lambda problem: problem.line)


def mapping(
    readers: Readers, *required: str, short: str = "", others: bool = False
) -> Reader[dict[str, Any]]:
    """Return a reader of a mapping; it returns the values of the known keys, which are those with readers.

    Args:
        readers: by key.
        required: the keys that the mapping must have.
        short: the key whose value may be written alone, as text, in place of the mapping.
        others: whether unknown keys are ignored, not refused.
    """
    shown = required or tuple(readers)
    rest = ", ".join(key for key in readers if key not in shown)
    form = ", ".join(f"{key}: …" for key in shown)
    remedy = (
        f"write {f'its {short}, or ' if short else ''}{{{form}}}{f', and perhaps {rest}' if rest else ''}"
    )

    def read(value: Any) -> dict[str, Any]:
        given = {short: value} if short and isinstance(value, str) else {} if value == "" else value
        if not isinstance(given, dict):
            raise unfit(remedy)
        faults = [] if others else unknown(given, readers)
        for key in required:
            is_misspelt = any(f"`{key}`" in fault.remedy for fault in faults)
            if key not in given and not is_misspelt:
                faults.append(Fault((), f"has no {key}", f"add a line `{key}: …`"))
        return _read_all(given.items(), readers.get, faults)

    return read


def unknown(keys: Iterable[str], known: Collection[str]) -> list[Fault]:
    """Return a fault for each unknown key, up to a number that one may want to read; the last tells of all others."""
    wrong = [key for key in keys if key not in known]
    faults = [Fault((key,), "is not a known key", hint(key, known)) for key in wrong[:_MOST_UNKNOWN]]
    if more := len(wrong) - len(faults):
        faults[-1] = faults[-1]._replace(what=f"is not a known key, nor are {more:,} keys below it")
    return faults


def by_name(read: Reader[_T], is_fit: Callable[[str], object], remedy: str) -> Reader[dict[str, _T]]:
    """Return a reader of a mapping whose keys the curator chooses; `is_fit` tells whether a key can be a name."""

    def read_named(value: Any) -> dict[str, _T]:
        given = value or {}
        if not isinstance(given, dict):
            raise unfit(remedy)
        unnamed = (key for key in given if not is_fit(key))
        faults = [Fault((key,), "cannot be a name", "use a-z, 0-9 and dashes") for key in unnamed]
        return _read_all(given.items(), lambda _: read, faults)

    return read_named


def list_of(read: Reader[_T], remedy: str) -> Reader[tuple[_T, ...]]:
    """Return a reader of a list of any length."""

    def read_list(value: Any) -> tuple[_T, ...]:
        items = value or []
        if not isinstance(items, list):
            raise unfit(remedy)
        try:
            return tuple(map(read, items))
        except SchemaError:  # read each again, to report all that do not fit
            return tuple(_read_all(enumerate(items), lambda _: read, []).values())

    return read_list


def _read_all(
    items: Iterable[tuple[_K, Any]], reader_of: Callable[[_K], Reader[_T] | None], faults: list[Fault]
) -> dict[_K, _T]:
    """Return the values that have a reader, or raise their faults together with the faults given."""
    found = {}
    for key, value in items:
        if read := reader_of(key):
            try:
                found[key] = read(value)
            except SchemaError as error:
                faults += (fault.below(key) for fault in error.faults)
    if faults:
        raise SchemaError(faults)
    return found


def at_most(most: int, read: Reader[_T]) -> Reader[_T]:
    """Return a reader of a list or mapping that refuses more than `most` entries."""

    def read_few(value: Any) -> _T:
        if isinstance(value, list | dict) and len(value) > most:
            raise unfit(f"it holds {len(value)}: keep at most {most}")
        return read(value)

    return read_few


def filled(read: Reader[_T]) -> Reader[_T]:
    """Return a reader of a value that must not be empty."""

    def read_filled(value: Any) -> _T:
        found = read(value)
        if not found:
            raise unfit("write one", "is empty")
        return found

    return read_filled


def only(read: Reader[_T], is_fit: Callable[[_T], object], remedy: str) -> Reader[_T]:
    """Return a reader that refuses values that are not fit; `{!r}` in the remedy stands for the value."""

    def read_fit(value: Any) -> _T:
        found = read(value)
        if not is_fit(found):
            raise unfit(remedy.format(found))
        return found

    return read_fit


def written(value: Any) -> str:
    """Read text as it is written."""
    if not isinstance(value, str):
        instead = ", not a list" if isinstance(value, list) else "; quotes make text of what holds a colon"
        raise unfit(f"write text here{instead}")
    return value


def text(value: Any) -> str:
    """Read text, on any number of lines."""
    if len(written(value)) > LONGEST_TEXT:
        raise unfit(f"write at most {LONGEST_TEXT} characters")
    return clean(value).strip()


def line(value: Any) -> str:
    """Read text on one line; text that shows nothing counts as empty."""
    return _line(value) if isinstance(value, str) else written(value)  # which refuses it


@lru_cache(maxsize=_CACHE_SIZE)
def _line(given: str) -> str:
    found = one_line(given)
    if len(found) > LONGEST_LINE:
        raise unfit(f"write at most {LONGEST_LINE} characters")
    return found if shows(found) else ""


def flag(value: Any) -> bool:
    """Read true or false; empty is false."""
    word = line(value).lower()
    if word not in ("true", "false", "yes", "no", ""):
        raise unfit("write true or false")
    return word in ("true", "yes")


@lru_cache(maxsize=_CACHE_SIZE)
def is_name(given: str) -> bool:
    """Tell whether this can be the name of a tag, a collection or a page, which is part of its address."""
    return bool(ID_PATTERN.fullmatch(given))


#: Read a date (day, month or year), or nothing; read a day, or nothing.
date = only(line, lambda it: not it or is_date(it), "{!r} is not a date: write 2025-10-31, 2025-10 or 2025")
day = only(date, lambda it: len(it) in (0, DAY), "write the whole day, as 2025-10-31")
#: Read a language (BCP 47), or nothing.
language = only(
    line,
    re.compile(r"|[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII).fullmatch,
    "{!r} is not a language: write en or pt-BR",
)
#: Read a web address.
address = only(written, is_address, "{!r} is not a web address: begin it with https://")
_NAMES = "1 to 80 of a-z, 0-9, dot, dash and underscore, and none of those that Windows keeps for itself"
#: Read a name that `is_name` allows.
name = only(line, is_name, f"{{!r}} is not a name: write {_NAMES}")


def _unique(read: Reader[str]) -> Reader[tuple[str, ...]]:
    """Return a reader of a list of texts, without duplicates."""
    read_list = at_most(MOST, list_of(read, "write a list of words, as [one, two]"))

    def read_unique(value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(read_list([value] if isinstance(value, str) and value else value)))

    return read_unique


#: Read a list of texts, or of names; a single item needs no brackets.
words, names = _unique(line), _unique(name)
