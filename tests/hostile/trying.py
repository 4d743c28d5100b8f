"""Run the commands on an archive, in a process of its own that is stopped where it takes too much time or memory."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from hostile.case import Case
from hostile.looking import faults_of

SECONDS, BYTES = 120, 3 << 30  # far more than anything should take, far less than a blow-up does


class Outcome(NamedTuple):
    """How a command ended: its exit status, all that it said, and its CPU seconds."""

    status: int
    said: str
    seconds: float


def regesta(command: str, root: Path, *words: str) -> Outcome:
    """Run a command on an archive."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [sys.executable, "-m", "regesta", command, *words, "--root", str(root)]
    done = subprocess.run(arguments, capture_output=True, preexec_fn=_limit, cwd=root, check=False, env=os.environ | {"SOURCE_DATE_EPOCH": "1760000000"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Outcome(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"), seconds)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def faults_of_run(root: Path, cases: list[Case], outcome: Outcome) -> list[str]:
    """Return what is wrong after a build of an archive in which some cases stand."""
    said, faults = outcome.said, []
    if "Traceback" in said or outcome.status < 0:
        faults.append(f"status {outcome.status}: {said[-1500:]}")
    expected = max(case.status for case in cases)
    if outcome.status != expected:
        faults.append(f"status {outcome.status} in place of {expected}: {said[:500]}")
    faults += [f"{case.name}: not named as {case.where}…{case.what}: {said[:500]}" for case in cases if case.status and not case.is_named_in(said)]
    faults += [f"an error without a case: {line}" for line in said.splitlines() if len(cases) == 1 and not cases[0].status and "content/" in line]
    if expected > 1:
        return faults
    site = root / "site"
    if not (site / "papers" / "bystander" / "index.html").is_file():
        faults.append("the innocent paper has no page")
    faults += [f"{case.name}: has no page" for case in cases if not _has_pages(site, case)]
    return faults + [*faults_of(site)]


def _has_pages(site: Path, case: Case) -> bool:
    """Tell whether the page of a case that is rendered, and is a paper called like its file, is there."""
    is_paper = [*case.files] == [f"content/papers/{case.name}.md"] and not case.where
    text = case.files.get(f"content/papers/{case.name}.md", b"")
    return not is_paper or b"\nid:" in text or (site / "papers" / case.name / "index.html").is_file()


def tree_of(folder: Path, *without: str) -> dict[str, bytes]:
    """Return everything in a folder by its path, but for some of its entries: files with what they hold, links as they are."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.partition("/")[0] not in without:
            kind = os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() and path.stat().st_size < 10**8 else b""
            found[name] = kind
    return found
