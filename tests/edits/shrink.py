"""Find a small case in a long trial: the two last states, with fewer and fewer files, and the states before if need be."""

import random
import shutil
import time

from edits.site import Archive, anew

_SECONDS = 60  # that it may take
_STATES = (2, 3, 5, 10, 40)  # the last ones that are tried


def shrunk(folder, steps):
    """Return a small case in words: files before and after an edit that make the build differ from a clean one."""
    states = [step.files for step in steps]
    end = time.monotonic() + _SECONDS
    for count in _STATES:
        if _differs(folder, states[-count:]):
            return _said(_smaller(folder, states[-count:], end))
    return "The last states alone, without what else happened, build well: run the seed again."


def _differs(folder, states):
    """Tell whether builds of one state after the other end with another site than a clean build of the last."""
    shutil.rmtree(folder, ignore_errors=True)
    archive = Archive(folder / "archive", random.Random(0))
    found = None
    for files in states:
        archive.become(files)
        found = archive.build()
    site, outcome = anew(folder / "anew", states[-1], random.Random(0))
    return found[:3] != outcome[:3] or (not outcome.error and archive.published()[0] != site)


def _smaller(folder, states, end):
    """Return the states without the files that play no part."""
    size = max(len(files) for files in states) // 2
    while size:
        names = sorted({path for files in states for path in files} - {"content/archive.yaml"})
        for start in range(0, len(names), size):
            gone = {*names[start : start + size]}
            less = [{path: data for path, data in files.items() if path not in gone} for files in states]
            if time.monotonic() < end and _differs(folder, less):
                states = less
        size //= 2
    return states


def _said(states):
    lines = ["A small case:"]
    before = {}
    for number, files in enumerate(states, 1):
        lines.append(f"--- state {number}")
        lines += [f"{path} is gone" for path in before if path not in files]
        lines += [f"{path}: {data!r}" for path, data in files.items() if before.get(path) != data]
        before = files
    return "\n".join(lines)
