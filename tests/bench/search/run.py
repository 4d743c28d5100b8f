"""Measure our search side by side with Pagefind, MiniSearch and lunr: archives of several sizes, all parts, one report.

python tests/bench/search/run.py --sizes 461 10000 [--real papers.jsonl.gz]
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

from archives import HERE

REPOSITORY = HERE.parents[2]
_WHOLE = 20_000  # papers; with more, a whole index takes minutes and gigabytes, or does not load
_PARTS = {
    "Found by words of their own": "quality.py",
    "Bytes over the network": "network.py",
    "Warm latency in Chromium": "latency.py",
    "Cost of the index": "cost.py",
    "Size on the disk": "disk.py",
    "Change": "churn.py",
}


def report_of(title, work, papers, extra):
    """Return the report of one archive, which is made if it is not there."""
    call("archives.py", work, "--papers", papers, *extra)
    tables = [f"## {title}"]
    for name, program in _PARTS.items():
        sys.stderr.write(f"{title}: {program}\n")
        few = (
            ("--engines", "regesta", "pagefind")
            if papers > _WHOLE and program in ("quality.py", "network.py")
            else ()
        )
        tables += [f"{name}:", call(program, work, *few).rstrip()]
    return "\n\n".join(tables) + "\n"


def call(program, *arguments):
    """Run one part to its end; return what it printed."""
    command = [sys.executable, HERE / program, *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def main():
    """Read the arguments, measure every archive, print the reports and keep them."""
    parser = argparse.ArgumentParser(
        description="Measure our search side by side with Pagefind, MiniSearch and lunr."
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
        "--real",
        type=Path,
        metavar="FILE",
        help="one more archive: 10,000 papers from this file of JSON lines (.jsonl.gz)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=REPOSITORY / ".regesta" / "bench-search",
        metavar="DIR",
        help="where archives, sites and results stay",
    )
    options = parser.parse_args()
    archives = [(f"{size:,} papers", str(size), size, ()) for size in options.sizes]
    if options.real:
        archives.append(("10,000 real papers", "real", 10_000, ("--real", options.real.resolve())))
    reports = []
    for title, name, papers, extra in archives:
        reports.append(report_of(title, options.work / name, papers, extra))
        sys.stdout.write(f"{reports[-1]}\n")
        sys.stdout.flush()
    (options.work / "report.md").write_text("\n".join(reports), encoding="utf-8")
    sys.stdout.write(
        f"Python {platform.python_version()}, {os.cpu_count()} processors. The report, the queries and the losses are in {options.work}.\n"
    )


if __name__ == "__main__":
    main()
