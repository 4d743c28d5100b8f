"""The memory of a build: one SQLite file in `.regesta/`, in which the archive lies as rows.

It is derived, and may be deleted at any time. It has stages (`papers`, `site`), each with tables of its own, which are
valid for one text: a hash of the code and the settings that fill them. All changes of a build are one transaction,
committed when the site has been published: whenever the build is killed, the file is the old or the new one. A file that
is damaged or that another program holds is not used: then rows lie in a temporary file, and the next build begins anew.
What SQLite cannot tell, such as a letter that was changed inside a text, is not noticed.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Rows = Iterable[Sequence[Any]]

_T = TypeVar("_T")
_CACHE = -2_000  # KiB of pages that SQLite holds: the system holds the file in memory, too
_MANY = 100  # rows that are read at once
_TRIES = 3  # of a build, which has two such files, and may find each damaged once
#: What SQLite's module raises; the second if the words of an error quote a damaged file, and are not UTF-8.
_ERRORS = sqlite3.DatabaseError, UnicodeDecodeError
#: Words of errors that tell of damage, or of a file that may not be written, of which one byte of it can tell, too.
_DAMAGE = "malformed", "no such", "readonly"
_STAGES = "CREATE TABLE IF NOT EXISTS stage (name PRIMARY KEY, valid_for, tables)"


class DamagedError(Exception):
    """The file of a memory is damaged. It has been removed; whoever uses it begins anew."""


def undamaged(work: Callable[[], _T]) -> _T:
    """Return the result of some work with memories; it is begun anew if a file turns out to be damaged."""
    for _ in range(_TRIES - 1):
        with suppress(DamagedError):  # the file is gone then
            return work()
    return work()


class Memory:
    """The memory of a build. Its file is opened when it is first needed; the archive's lock must be held.

    Args:
        path: of the file; None for a memory that ends with the object.
        forget: begin with an empty file.
    """

    def __init__(self, path: Path | None = None, *, forget: bool = False) -> None:
        self._path, self._forget, self._process = path, forget, os.getpid()
        self._opened: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None  # kept, for closing it could harm the parent's

    def recall(self, stage: str, valid_for: str, tables: Mapping[str, str]) -> bool:
        """Tell whether the tables of a stage hold what was kept for a text; if not, they are made anew, empty.

        Args:
            stage: its name.
            valid_for: a hash of all that decides what the tables hold.
            tables: the columns of each table, by its name, and what follows in brackets: `words` → `(word) STRICT`.
        """
        if self.rows("SELECT 1 FROM stage WHERE name = ? AND valid_for = ?", stage, valid_for):
            return True
        for (names,) in self.rows("SELECT tables FROM stage WHERE name = ?", stage):
            for name in names.split():
                self.rows(f"DROP TABLE IF EXISTS {name}")
        for name, columns in tables.items():
            self.rows(f"DROP TABLE IF EXISTS {name}")
            self.rows(f"CREATE TABLE {name} {columns}")
        self.write("INSERT OR REPLACE INTO stage VALUES (?, ?, ?)", [(stage, valid_for, " ".join(tables))])
        return False

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Return the rows that a query finds.

        Raises:
            OSError: the disk is full, or the file cannot be written.
            DamagedError: the file is damaged.
        """
        try:
            return (self._opened or self._connection()).execute(query, values).fetchall()
        except _ERRORS as error:
            raise self._failure(error) from error

    def each(self, query: str, *values: Any) -> Iterator[Any]:
        """Yield the rows that a query finds, without holding them all; it raises what `rows` raises."""
        try:
            found = self._connection().execute(query, values)
            while some := found.fetchmany(_MANY):  # one by one takes much longer
                yield from some
        except _ERRORS as error:
            raise self._failure(error) from error

    def rows_of(self, query: str, values: Iterable[Any], *others: Any) -> Iterator[Any]:
        """Yield the rows that a query finds for any of some values; it raises what `rows` raises.

        Args:
            query: has `{}` in place of the values, at its end: `... WHERE name IN ({})`.
            values: to ask for one at a time would take three times as long.
            others: what the query asks for before.
        """
        for some in batches(values, _MANY):
            yield from self.rows(query.format(", ".join("?" * len(some))), *others, *some)

    def write(self, statement: str, rows: Rows) -> None:
        """Carry out a statement for each row; it raises what `rows` raises."""
        try:
            self._connection().executemany(statement, rows)
        except _ERRORS as error:
            raise self._failure(error) from error

    def share(self) -> None:
        """Write what was changed to the file, so that `reopen` finds it in another process."""
        self.rows("COMMIT")
        self.rows("BEGIN IMMEDIATE")

    def is_shared(self) -> bool:
        """Tell whether another process could read the rows."""
        self._connection()  # it may turn out that the file cannot be used
        return self._path is not None

    def reopen(self) -> None:
        """Read the rows in a forked process, which may not use the connection of its parent; elsewhere, do nothing."""
        if os.getpid() == self._process:
            return
        self._inherited, self._opened = self._opened, None
        opened = sqlite3.connect(
            f"file:{quote(os.fspath(self._path or ''))}?mode=ro", uri=True, isolation_level=None
        )
        opened.execute(f"PRAGMA cache_size = {_CACHE}")
        self._opened = opened

    def commit(self) -> None:
        """Keep what was written, because the site has been published."""
        if self._opened:
            with suppress(sqlite3.Error):  # the next build finds the old rows, which name another site
                self._opened.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is dropped."""
        if self._opened:
            self._opened.close()
            self._opened = None

    def _failure(self, error: Exception) -> Exception:
        """Return an error of SQLite as one that says what to do."""
        words = "" if _is_no_text(error) else str(error)
        if "full" in words:
            return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        is_damage = not words or any(sign in words for sign in _DAMAGE)
        if is_damage or not isinstance(error, sqlite3.OperationalError):
            self._discard()
            if self._inherited or not (self._path and self._path.exists()):
                return DamagedError(str(self._path))
        return OSError(errno.EIO, f"cannot be written ({words or 'damaged'})", str(self._path))

    def _discard(self) -> None:
        """Remove the file, which cannot be used; a forked process leaves that to its parent."""
        self.close()
        if self._path and not self._inherited:
            with suppress(OSError):
                self._path.unlink()
                self._path.with_name(f"{self._path.name}-journal").unlink()  # means nothing without the file

    def _connection(self) -> sqlite3.Connection:
        """Return the open file, in a transaction; a temporary one in place of a file that cannot be opened."""
        if self._opened:
            return self._opened
        if self._forget:
            self._discard()
        for place in (self._path, self._path, None):
            try:
                self._opened = _open(place)
            except sqlite3.OperationalError:
                self._path = None  # another program holds it
            except _ERRORS:
                self._discard()
            else:
                return self._opened
        raise OSError(errno.EIO, "no temporary file can be written")


def _is_no_text(error: Exception) -> bool:
    """Tell whether some text in the file is not UTF-8; the error quotes the text, which may say anything."""
    return isinstance(error, UnicodeDecodeError) or str(error).lower().startswith("could not decode")


def _open(path: Path | None) -> sqlite3.Connection:
    opened = sqlite3.connect(os.fspath(path) if path else "", timeout=0, isolation_level=None)
    try:
        opened.execute("PRAGMA trusted_schema = OFF")
        opened.execute(f"PRAGMA cache_size = {_CACHE}")
        opened.execute("BEGIN IMMEDIATE")
        opened.execute(_STAGES)
    except (sqlite3.Error, UnicodeDecodeError):
        opened.close()
        raise
    return opened
