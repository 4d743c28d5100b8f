"""What a command costs, as the operating system accounts for it, and what it left on the disk."""

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass

#: Python keeps compiled modules, as in an installed program: compiling them takes half as long as a build without changes.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_KIB = 1 if sys.platform == "darwin" else 1024  # of `ru_maxrss`, in bytes


@dataclass(frozen=True)
class Cost:
    """What one run cost.

    Attributes:
        cpu: user and system seconds of the whole process and of those that it waited for.
        peak: memory of the largest single one of these processes at its height, in MiB.
        output: what it printed.
    """

    cpu: float
    peak: float
    output: str


def run(command):
    """Run a command to its end and return its cost; one that fails ends the benchmark with what it said."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=_ENVIRONMENT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said, complaint = (_text(file) for file in (output, errors))
    if process.returncode:
        raise SystemExit(
            f"{' '.join(map(str, command))}\nended with status {process.returncode}\n{said}{complaint}"
        )
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIB / 2**20, said)


def _text(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def own_peak():
    """Return this process's own peak in MiB: a child's peak cannot be measured below it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB / 2**20


@dataclass(frozen=True)
class Tree:
    """The files of a folder: how many, their bytes together, and how many were written since a moment."""

    files: int
    size: int
    written: int


def now(folder):
    """Return the moment, as the clock of a folder's file system has it."""
    mark = folder / ".now"
    mark.touch()
    moment = mark.stat().st_mtime_ns
    mark.unlink()
    return moment


def tree(folder, since, within):
    """Return the account of a folder's files.

    Args:
        folder: where to look.
        since: the moment after which a file counts as written, from `now`; a rename or a new link writes nothing.
        within: tells of a file's name below the folder whether to count it.
    """
    files = size = written = 0
    for path in folder.rglob("*"):
        if path.is_file() and within(path.relative_to(folder).as_posix()):
            found = path.stat()
            files, size, written = files + 1, size + found.st_size, written + (found.st_mtime_ns >= since)
    return Tree(files, size, written)
