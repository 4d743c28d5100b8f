"""Put cases into an archive, run the commands on it, and tell what went wrong."""

import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from hostile.case import Case
from hostile.corpus import BYSTANDER, plant
from hostile.looking import faults_of_site

SECONDS, BYTES = 120, 3 << 30  # far more than any single case takes, far less than a blow-up would
HUGE = 10**8


class Outcome(NamedTuple):
    """How a command ended: its exit status, and all that it said."""

    status: int
    said: str


Run = Callable[..., Outcome]


def in_a_process(command: str, root: Path, *words: str) -> Outcome:
    """Run a command in a process of its own, which is stopped where it takes too much time or memory."""
    arguments = [sys.executable, "-m", "regesta", command, *words, "--root", str(root)]
    done = subprocess.run(arguments, capture_output=True, preexec_fn=_limit, check=False)
    return Outcome(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def try_alone(root: Path, case: Case, run: Run = in_a_process) -> list[str]:
    """Build an archive in which one case stands, beside an innocent paper; return what went wrong."""
    plant(root, [case])
    faults = []
    if case.is_dump:
        faults = _faults_of_run([case], run("import", root, str(root / "content" / "scraped")))
        case = Case(case.name, {})  # what was imported is built without a complaint
    before = tree_of(root.parent)
    return faults + _faults_of_run([case], run("build", root)) + _faults_of_result(root, [case], before)


def try_together(root: Path, cases: Sequence[Case], run: Run = in_a_process) -> list[str]:
    """Build an archive in which many cases stand; return what went wrong."""
    dumps = [case for case in cases if case.is_dump]
    others = [case for case in cases if not case.is_dump]
    plant(root, dumps)
    faults = _faults_of_run(dumps, run("import", root, str(root / "content" / "scraped"))) if dumps else []
    plant(root, others)
    before = tree_of(root.parent)
    return faults + _faults_of_run(others, run("build", root)) + _faults_of_result(root, others, before)


def _faults_of_run(cases: Sequence[Case], outcome: Outcome) -> list[str]:
    """Return what is wrong with how a command ended, and with what it said of some cases."""
    expected = max(case.status for case in cases)
    said = outcome.said
    faults = (
        [f"ended with {outcome.status}, not {expected}: {said[-1500:]}"] if outcome.status != expected else []
    )
    if "Traceback" in said:
        faults.append(f"shows a traceback: {said[-1500:]}")
    blamed = tuple(
        place for case in cases if case.where for place in (case.where.partition(".md:")[0], *case.files)
    )
    faults += [
        f"complains without a reason: {line}"
        for line in said.splitlines()
        if line.startswith("content/") and not line.startswith(blamed)
    ]
    return faults + [
        f"does not say {case.where!r}, {case.what!r}: {said[:500]}"
        for case in cases
        if case.status and not case.is_named_in(said)
    ]


def _faults_of_result(root: Path, cases: Sequence[Case], before: dict[str, bytes]) -> list[str]:
    """Return what is wrong with a site: files elsewhere, pages that are missing, anything that does not belong into one."""
    after = tree_of(root.parent)
    places = (f"{root.name}/site", f"{root.name}/.regesta")
    touched = [
        name
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name) and not name.startswith(places)
    ]
    faults = [f"{name} was written or changed" for name in touched]
    if any(case.stops_all for case in cases):
        return faults + [f"{name} was published" for name in after if name.startswith(f"{root.name}/site/")]
    papers = [BYSTANDER, *(case.name for case in cases if _gets_a_page(case))]
    faults += [
        f"{paper} has no page"
        for paper in papers
        if not (root / "site" / "papers" / paper / "index.html").is_file()
    ]
    return [*faults, *faults_of_site(root / "site")]


def _gets_a_page(case: Case) -> bool:
    """Tell whether a case is one paper, called as its file, that is rendered."""
    data = case.files.get(f"content/papers/{case.name}.md")
    return isinstance(data, bytes) and not case.where and b"\nid:" not in data


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder by its path: what files hold, where links lead."""
    found = {}
    for path in folder.rglob("*"):
        is_file = path.is_file() and path.stat().st_size < HUGE
        found[path.relative_to(folder).as_posix()] = (
            str(path.readlink()).encode() if path.is_symlink() else path.read_bytes() if is_file else b""
        )
    return found
