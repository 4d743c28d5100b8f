"""How many files of the index change with the archive: 30 papers come, one abstract is edited, one paper is deleted.

python tests/bench/search/churn.py DIR
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import ours
from archives import LATER, Work


def index(root):
    """Return the whole index of an archive: bytes by path."""
    return ours.index_files(ours.documents(ours.load_site(root)))


def difference(before, after):
    """Return how many files are written, how many bytes they hold, and how many files are removed."""
    written = [path for path in after if before.get(path) != after[path]]
    return {
        "written": len(written),
        "bytes": sum(len(after[path]) for path in written),
        "removed": len(before.keys() - after.keys()),
        "of": len(after),
    }


def changed(work, change):
    """Return the index of a copy of the archive after a change."""
    with tempfile.TemporaryDirectory(dir=work.root) as folder:
        root = Path(folder)
        shutil.copytree(work.root / "content", root / "content")
        change(root / "content" / "papers")
        return index(root)


def a_paper(papers):
    """Return a paper's file from the middle of the archive."""
    paths = sorted(papers.rglob("*.md"))
    return paths[len(paths) // 2]


def measure(work):
    """Return the difference that every change makes."""
    changes = {
        f"{LATER} papers added": lambda papers: shutil.copytree(work.later, papers / "later"),
        "one abstract edited": lambda papers: a_paper(papers).write_text(
            ours.edited(a_paper(papers)), encoding="utf-8"
        ),
        "one paper deleted": lambda papers: a_paper(papers).unlink(),
    }
    before = index(work.root)
    return {name: difference(before, changed(work, change)) for name, change in changes.items()}


def table(found):
    """Return a row for each change."""
    lines = ["| | files written | KB raw | files removed | files in all |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {one['written']:,} | {one['bytes'] / 1000:,.0f} | {one['removed']:,} | {one['of']:,} |"
        for name, one in found.items()
    ]
    return "\n".join(lines)


def main():
    """Read the arguments, change, print the table."""
    parser = argparse.ArgumentParser(description="How many files of the index change with the archive.")
    parser.add_argument("work", type=Path, metavar="DIR", help="what archives.py made")
    options = parser.parse_args()
    found = measure(Work(options.work.resolve()))
    (options.work / "churn.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(found)}\n")


if __name__ == "__main__":
    main()
