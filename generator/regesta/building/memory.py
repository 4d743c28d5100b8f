"""The memory of a build: one SQLite file in `.regesta/`, for what would be too slow to read as a whole.

It may be deleted at any time. It is valid for one text only, a hash of the code that fills it and of the
settings. A file that is missing, damaged, or locked by another program counts as an empty one. All changes of a
build are one transaction, which is committed when the site has been published: whenever the build is killed,
the file is the old or the new one.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ABOUT = "regesta_about"


class Memory:
    """The memory of a build. The file is opened when it is first needed, and the archive's lock must be held.

    Args:
        path: of the file.
        valid_for: what was remembered for another text is forgotten.
        forget: forget all.
    """

    def __init__(self, path: Path, valid_for: str, *, forget: bool = False) -> None:
        self._path, self._valid_for, self._forget = path, valid_for, forget
        self._opened: sqlite3.Connection | None = None
        self._is_lost = False  # nothing is read or written any more

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Return the rows that a query finds.

        Raises:
            OSError: the memory cannot be read.
        """
        import sqlite3

        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._discard()
            raise OSError(f"{self._path}: {error}") from error

    def write(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each row; if that fails, the memory is lost, and the next build does without."""
        import sqlite3

        if self._is_lost:
            return
        try:
            self._connection().executemany(statement, rows)
        except (sqlite3.Error, OSError):
            self._discard()
            self._is_lost = True  # a part of what belongs together was not written

    def commit(self) -> None:
        """Keep what was written, because the site has been published."""
        import sqlite3

        if self._opened:
            try:
                self._opened.execute("COMMIT")
            except sqlite3.Error:
                self._discard()
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is dropped."""
        if self._opened:
            self._opened.close()
            self._opened = None

    def _discard(self) -> None:
        """Remove the file, which cannot be used."""
        self.close()
        with suppress(OSError):
            self._path.unlink()
            self._path.with_name(f"{self._path.name}-journal").unlink()  # means nothing without the file

    def _connection(self) -> sqlite3.Connection:
        """Return the open file, in a transaction. A file that cannot be opened is replaced.

        Raises:
            OSError: the memory was lost.
            sqlite3.Error: no file can be opened.
        """
        import sqlite3

        if self._is_lost:
            raise FileNotFoundError(self._path)
        if not self._opened:
            try:
                self._opened = self._open()
            except sqlite3.Error:
                self._discard()
                self._opened = self._open()
        return self._opened

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        opened = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        try:
            opened.execute("PRAGMA trusted_schema = OFF")
            opened.execute("BEGIN IMMEDIATE")
            if self._forget or self._noted(opened) != [(self._valid_for,)]:
                self._clear(opened)
        except sqlite3.Error:
            opened.close()
            raise
        return opened

    @staticmethod
    def _noted(opened: sqlite3.Connection) -> list[Any]:
        opened.execute(f"CREATE TABLE IF NOT EXISTS {_ABOUT} (valid_for)")
        return opened.execute(f"SELECT valid_for FROM {_ABOUT}").fetchall()  # noqa: S608 - ours

    def _clear(self, opened: sqlite3.Connection) -> None:
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            opened.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
        self._noted(opened)
        opened.execute(f"INSERT INTO {_ABOUT} VALUES (?)", [self._valid_for])  # noqa: S608 - ours
