"""What it costs to make the index: CPU of ours and of Pagefind's program over the same site, in turn.

python tests/bench/search/cost.py DIR [--rounds 3] [--engines regesta]

Ours is the call that makes the files' contents, when all papers have been read (as the build has, when it comes to the index).
Pagefind reads the site's pages, and writes its files.
"""

import argparse
import gc
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import ours
from archives import Work, pagefind_command
from measure import own_peak, run

ENGINES = ("regesta", "pagefind")


def cpu():
    """Return the seconds of this process and of those it waited for, user and system."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def make_index(work):
    """Make the index in this process; return CPU seconds, the process's peak before it and after it in MiB, files and bytes."""
    found = ours.documents(ours.load_site(work.root))
    gc.disable()  # as every command does
    before, start = own_peak(), cpu()
    files = ours.index_files(found)
    return {
        "cpu": cpu() - start,
        "before": before,
        "peak": own_peak(),
        "files": len(files),
        "bytes": sum(map(len, files.values())),
    }


def measure(engine, work):
    """Return CPU seconds and peak of one run in a process of its own."""
    if engine == "regesta":
        return json.loads(run([sys.executable, __file__, work.root, "--once"]).output)
    with tempfile.TemporaryDirectory(dir=work.root) as folder:
        cost = run(pagefind_command(work.site, Path(folder) / "pagefind"))
        shutil.rmtree(Path(folder) / "pagefind", ignore_errors=True)
    return {"cpu": cost.cpu, "peak": cost.peak}


def table(rounds):
    """Return the medians of all rounds, and the median of each round's ratio."""
    lines = ["| | CPU s | peak MiB | of which before |", "|---|---|---|---|"]
    for engine in rounds[0]:
        costs = [costs[engine] for costs in rounds]
        before = f"{median(cost['before'] for cost in costs):,.0f}" if "before" in costs[0] else ""
        lines.append(
            f"| {engine} | {median(cost['cpu'] for cost in costs):.2f} | {median(cost['peak'] for cost in costs):,.0f} | {before} |"
        )
    if len(rounds[0]) == len(ENGINES):
        ratios = [costs["regesta"]["cpu"] / costs["pagefind"]["cpu"] for costs in rounds]
        lines.append(f"| ratio | {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}) | | |")
    return "\n".join(lines)


def main():
    """Read the arguments, measure, print the table."""
    parser = argparse.ArgumentParser(description="What it costs to make the index.")
    parser.add_argument("work", type=Path, metavar="DIR", help="what archives.py made")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is made (default: 3)")
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=ENGINES, help="which (default: both)"
    )
    parser.add_argument(
        "--once", action="store_true", help="make our index once in this process, print the figures"
    )
    options = parser.parse_args()
    work = Work(options.work.resolve())
    if options.once:
        sys.stdout.write(json.dumps(make_index(work)))
        return
    rounds = []
    for number in range(options.rounds):
        order = options.engines if number % 2 == 0 else reversed(options.engines)
        costs = {engine: measure(engine, work) for engine in order}
        rounds.append({engine: costs[engine] for engine in options.engines})
    (options.work / "cost.json").write_text(json.dumps(rounds, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(rounds)}\n")


if __name__ == "__main__":
    main()
