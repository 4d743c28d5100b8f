"""The cache of compiled templates: in this process, in `.regesta/` for later builds, and beside Regesta's own compiled code.

Compiling all templates takes a dozen times as long as loading compiled ones. Loaded code is run, so a file
is trusted only if it was written here, by this code and this Python: a copy of another archive may bring
anything. Beside Regesta's compiled code lie the bundled templates, which are the same for all archives: whoever could
write there could as well change Regesta.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.building.inputs import bundled_folders, package_versions
from regesta.dot_regesta import code_of, write_whole
from regesta.text.strings import digest

if TYPE_CHECKING:
    from types import CodeType

    Compiled = dict[str, tuple[str, CodeType]]  # by the template's path: a hash of its text, and its code

_KEPT = 8  # groups of settings whose templates are kept: 300 KB each in memory, 160 on the disk
_SUM = 64  # hexadecimal digits at the beginning of a file: a hash of the rest
_BUNDLED = Path(cache_from_source(__file__, optimization="templates"))
_PYTHON = (sys.implementation.cache_tag, MAGIC_NUMBER, sys.flags.optimize)

_in_memory: dict[str, Compiled] = {}


class TemplateCache:
    """The compiled templates of one theme under one group of settings.

    Args:
        home: `.regesta/`.
        settings: a hash of all that pages depend on: the code, the theme, settings, strings and navigation.
        forget: begin with an empty cache.
    """

    def __init__(self, home: Path, settings: str, *, forget: bool = False) -> None:
        status = home.stat()
        self._key = digest(repr((settings, _PYTHON, status.st_dev, status.st_ino)), _SUM)
        self._path = home / f"templates-{digest(self._key)}.cache"
        self._compiled = {} if forget else self._recall(settings)
        self._bundled = {} if forget else _read(_BUNDLED, _bundled_key())
        self._is_saved = True
        _keep(settings, self._compiled)

    def _recall(self, settings: str) -> Compiled:
        in_memory = _in_memory.get(settings)
        return _read(self._path, self._key) if in_memory is None else in_memory

    def get(self, path: str, source: str) -> CodeType | None:
        """Return the code of the template with a path and a text; None if it is unknown."""
        for compiled in (self._compiled, self._bundled):
            known, code = compiled.get(path, ("", None))
            if known == digest(source):
                return code
        return None

    def put(self, path: str, source: str, code: CodeType) -> None:
        """Take the code of a template that was compiled."""
        self._compiled[path] = digest(source), code
        self._is_saved = False

    def save(self) -> None:
        """Write the cache for the next build, and delete the oldest caches of templates.

        Raises:
            OSError: the disk is full, or `.regesta/` may not be written to.
        """
        if self._is_saved:
            return
        self._save_bundled()
        _write(self._path, self._key, self._compiled)
        self._is_saved = True
        files = sorted(self._path.parent.glob("templates-*.cache"), key=lambda path: path.lstat().st_mtime_ns)
        for path in files[:-_KEPT]:
            with suppress(OSError):  # it is a folder of somebody else
                path.unlink()

    def _save_bundled(self) -> None:
        """Write the bundled templates for all archives, where and when Python writes compiled modules."""
        folders = [folder.resolve() for folder in bundled_folders()]
        found = {p: entry for p, entry in self._compiled.items() if any(map(Path(p).is_relative_to, folders))}
        if found and not sys.dont_write_bytecode:
            with suppress(OSError):  # it belongs to another user: each archive has its own
                _write(_BUNDLED, _bundled_key(), self._bundled | found)


def _bundled_key() -> str:
    """Return a hash of all that the code of a template depends on besides its text."""
    return digest(repr((code_of("building"), package_versions(), _PYTHON)), _SUM)


def _write(path: Path, key: str, compiled: Compiled) -> None:
    data = marshal.dumps(compiled)
    write_whole(path, _sum(key, data) + data)


def _read(path: Path, key: str) -> Compiled:
    """Return the templates of a file; none if it is missing, damaged, or was not written for this key."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    code = data[_SUM:]
    if data[:_SUM] != _sum(key, code):
        return {}
    compiled: Compiled = marshal.loads(code)  # noqa: S302 - we wrote it: nobody else knows the key
    return compiled


def _sum(key: str, data: bytes) -> bytes:
    return digest(key.encode() + data, _SUM).encode()


def _keep(settings: str, compiled: Compiled) -> None:
    """Hold compiled templates in memory; drop those that were used least recently."""
    _in_memory.pop(settings, None)
    _in_memory[settings] = compiled
    while len(_in_memory) > _KEPT:
        del _in_memory[next(iter(_in_memory))]
