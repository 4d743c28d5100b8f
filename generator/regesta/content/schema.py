"""What a value in a curator's file must be: readers that turn what YAML gave into a typed value, or say what does not fit.

YAML gives text (every scalar is text), lists and mappings. `mapping`, `by_name` and `list_of` make readers of readers, so
that a module declares in one place what its file may hold, and a new key is one more entry there:

    _PERSON = mapping({"name": filled(line), "id": line, "aliases": words}, "name")

A reader raises `SchemaError` with all that is wrong; `problems_of` finds the lines in the file.
"""

from __future__ import annotations

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

_REMEMBERED = 4096  # texts that were looked at already: tags, days and names of files recur
#: How many words, names or links there may be: each tag, collection and alias gets a page.
MOST = 1000


class Fault(NamedTuple):
    """One thing wrong with a value: the keys and numbers (from 0) that lead to it, what is wrong, and what to do."""

    path: tuple[str | int, ...]
    what: str
    remedy: str

    def below(self, *path: str | int) -> Fault:
        """Return the fault as one of a larger value, in which keys and numbers lead to this one."""
        return self._replace(path=(*path, *self.path))


class SchemaError(ValueError):
    """A value does not fit; `faults` names every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = [*faults]
        super().__init__("; ".join(fault.remedy for fault in self.faults))


def unfit(remedy: str, what: str = "cannot be read", *path: str | int) -> SchemaError:
    """Return (to be raised) the error for a single fault."""
    return SchemaError([Fault(path, what, remedy)])


def problems_of(faults: Iterable[Fault], file: str, source: str, first: int = 1) -> list[Problem]:
    """Return the faults of a file in the order of their lines; its YAML, the source, begins on its line `first`."""
    problems = []
    for path, what, remedy in faults:
        keys = ".".join(step for step in path if isinstance(step, str))
        subject = f"`{keys}` " if keys else "this entry " if path else ""
        problems.append(Problem(file, line_of(source, *path, first=first), subject + what, remedy))
    return sorted(problems, key=lambda problem: problem.line)


def mapping(readers: Readers, *needed: str, short: str = "", others: bool = False) -> Reader[dict[str, Any]]:
    """Return a reader of a mapping, which returns the known keys that are there: those with readers.

    Args:
        readers: by key.
        needed: the keys that must be there.
        short: the key that is meant where there is only text.
        others: whether unknown keys are left aside, not refused.
    """
    shown = needed or tuple(readers)
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
        for key in needed:
            if key not in given and not any(
                f"`{key}`" in fault.remedy for fault in faults
            ):  # else it is misspelt
                faults.append(Fault((), f"has no {key}", f"add a line `{key}: …`"))
        return _read_all(given.items(), readers.get, faults)

    return read


def unknown(keys: Iterable[str], known: Collection[str]) -> list[Fault]:
    """Return a fault for each key that is not known."""
    return [Fault((key,), "is not a known key", hint(key, known)) for key in keys if key not in known]


def by_name(read: Reader[_T], is_fit: Callable[[str], object], remedy: str) -> Reader[dict[str, _T]]:
    """Return a reader of a mapping whose keys are names of the curator's choice; is_fit tells whether one can be a name."""

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
        except SchemaError:  # look at each, to name all that do not fit
            return tuple(_read_all(enumerate(items), lambda _: read, []).values())

    return read_list


def _read_all(
    items: Iterable[tuple[_K, Any]], reader_of: Callable[[_K], Reader[_T] | None], faults: list[Fault]
) -> dict[_K, _T]:
    """Return the values for which there is a reader, or raise what is wrong with them and what was wrong before."""
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
    """Return a reader of a list or mapping of at most so many entries."""

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
    """Return a reader that refuses what is not fit among what another reads; `{!r}` in the remedy shows it."""

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
    """Read text of any lines."""
    if len(written(value)) > LONGEST_TEXT:
        raise unfit(f"write at most {LONGEST_TEXT} characters")
    return clean(value).strip()


def line(value: Any) -> str:
    """Read text on one line; one that shows nothing is empty."""
    return _line(value) if isinstance(value, str) else written(value)  # which refuses it


@lru_cache(maxsize=_REMEMBERED)
def _line(given: str) -> str:
    found = one_line(given)
    if len(found) > LONGEST_LINE:
        raise unfit(f"write at most {LONGEST_LINE} characters")
    return found if shows(found) else ""


def flag(value: Any) -> bool:
    """Read whether something is so; nothing is no."""
    word = line(value).lower()
    if word not in ("true", "false", "yes", "no", ""):
        raise unfit("write true or false")
    return word in ("true", "yes")


@lru_cache(maxsize=_REMEMBERED)
def is_name(given: str) -> bool:
    """Tell whether a tag, a collection or a page can be called so: its name becomes part of an address."""
    return bool(ID_PATTERN.fullmatch(given))


#: Read a date, as precisely as it is known, or nothing; a date that is known to the day, or nothing.
date = only(line, lambda it: not it or is_date(it), "{!r} is not a date: write 2025-10-31, 2025-10 or 2025")
day = only(date, lambda it: len(it) in (0, DAY), "write the whole day, as 2025-10-31")
#: Read a web address.
address = only(written, is_address, "{!r} is not a web address: begin it with https://")
_NAMES = "1 to 80 of a-z, 0-9, dot, dash and underscore, and none of those that Windows keeps for itself"
#: Read what `is_name` allows.
name = only(line, is_name, f"{{!r}} is not a name: write {_NAMES}")


def _once(read: Reader[str]) -> Reader[tuple[str, ...]]:
    """Return a reader of a list in which each text counts once."""
    read_list = at_most(MOST, list_of(read, "write a list of words, as [one, two]"))

    def read_once(value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(read_list([value] if isinstance(value, str) and value else value)))

    return read_once


#: Read a list of texts, or of names; a single one needs no brackets.
words, names = _once(line), _once(name)
