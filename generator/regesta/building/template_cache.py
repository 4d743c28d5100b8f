"""The cache of compiled templates: in this process, and in `.regesta/` for later builds.

Compiling all templates takes a dozen times as long as loading compiled ones. Loaded code is run, so a file
is trusted only if it was written here, by this code and this Python: a copy of another archive may bring
anything.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from regesta.dot_regesta import write_whole
from regesta.text.strings import digest

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket

    Compiled = dict[str, CodeType]  # by a hash of the template's name and of where it lies

_KEPT = 8  # groups of settings whose templates are kept: 300 KB each in memory, 160 on the disk
_SUM = 64  # hexadecimal digits at the beginning of a file: a hash of the rest

_in_memory: dict[str, Compiled] = {}


class TemplateCache(BytecodeCache):
    """The compiled templates of one theme under one group of settings.

    Args:
        home: `.regesta/`.
        settings: a hash of all that compiled code depends on: the code, the theme, settings, strings and navigation,
            since filters on constants (`'shared_words' | t`) are computed when a template is compiled.
        forget: begin with an empty cache.
    """

    def __init__(self, home: Path, settings: str, *, forget: bool = False) -> None:
        status = home.stat()
        python = (sys.implementation.cache_tag, MAGIC_NUMBER, sys.flags.optimize)
        self._key = digest(repr((settings, python, status.st_dev, status.st_ino)), _SUM)
        self._path = home / f"templates-{digest(self._key)}.cache"
        self._compiled = {} if forget else self._recall(settings)
        self._is_saved = True
        _keep(settings, self._compiled)

    def _recall(self, settings: str) -> Compiled:
        in_memory = _in_memory.get(settings)
        return _read(self._path, self._key) if in_memory is None else in_memory

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if it is known."""
        bucket.code = self._compiled.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that Jinja has compiled."""
        if bucket.code:
            self._compiled[bucket.key] = bucket.code
            self._is_saved = False

    def save(self) -> None:
        """Write the cache for the next build, and delete the oldest caches of templates.

        Raises:
            OSError: the disk is full, or `.regesta/` may not be written to.
        """
        if self._is_saved:
            return
        data = marshal.dumps(self._compiled)
        write_whole(self._path, _sum(self._key, data) + data)
        self._is_saved = True
        files = sorted(self._path.parent.glob("templates-*.cache"), key=lambda path: path.lstat().st_mtime_ns)
        for path in files[:-_KEPT]:
            with suppress(OSError):  # it is a folder of somebody else
                path.unlink()


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
