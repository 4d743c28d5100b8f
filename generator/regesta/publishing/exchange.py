"""Exchange two folders in one step, by a system call that Python does not offer."""

from __future__ import annotations

import ctypes
import errno
import os
import sys

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
#: The number of renameat2 for 64-bit processes, where the C library (musl) has no name for it.
_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "ppc64le": 357, "s390x": 347}


def exchange(one: str, other: str) -> None:
    """Exchange two folders; at no moment is either missing.

    Raises:
        OSError: they were not exchanged; ENOSYS, EINVAL, ENOTSUP and the like if system or disk cannot do it.
    """
    if _call(os.fsencode(one), os.fsencode(other)) != 0:
        code = ctypes.get_errno() or errno.ENOSYS
        raise OSError(code, os.strerror(code), one, None, other)


def _call(one: bytes, other: bytes) -> int:
    """Return 0 if the folders were exchanged, else -1 with `ctypes.get_errno()` (0: no such call)."""
    ctypes.set_errno(0)
    if sys.platform not in ("linux", "darwin"):
        return -1
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, _RENAME_SWAP)) if hasattr(library, "renamex_np") else -1
    if hasattr(library, "renameat2"):
        return int(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE))
    number = _NUMBERS.get(os.uname().machine) if sys.maxsize > 2**32 else None
    if not number:
        return -1
    folder = ctypes.c_long(_AT_FDCWD)
    return int(
        library.syscall(ctypes.c_long(number), folder, one, folder, other, ctypes.c_long(_RENAME_EXCHANGE))
    )
