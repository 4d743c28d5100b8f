"""How large the index is on the disk, part by part, and Pagefind's of the same site: every file compressed for itself.

python tests/bench/search/disk.py DIR [--site DIR]
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

from archives import Work
from host import LEVEL
from ours import kind_of

#: What every query may need; the rest is fetched only when used, and measured apart.
COUNTED = ("terms", "shards")


def parts(site):
    """Return files, bytes and compressed bytes of every part of our index."""
    found = {}
    for path in sorted((site / "search").rglob("*")):
        kind = kind_of(path.relative_to(site).as_posix()) if path.is_file() else ""
        if kind:
            found[kind] = _sum(found.get(kind), path)
    return found


def pagefind(folder):
    """Return the same of Pagefind's folder: all of it, and what is left without its ready-made user interfaces."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    needed = [path for path in files if not ("ui" in path.stem or "highlight" in path.stem)]
    return {"pagefind": _sum_of(files), "pagefind without interfaces": _sum_of(needed)}


def _sum_of(paths):
    total = None
    for path in paths:
        total = _sum(total, path)
    return total


def _sum(so_far, path):
    """Return the sums with one more file; what is compressed already is not compressed again."""
    data = path.read_bytes()
    packed = (
        len(data)
        if path.suffix.startswith((".pf", ".pagefind"))
        else len(gzip.compress(data, LEVEL, mtime=0))
    )
    files, raw, compressed = so_far or (0, 0, 0)
    return files + 1, raw + len(data), compressed + packed


def table(found):
    """Return a row for each part, and the ratio of what is counted to Pagefind's."""
    lines = ["| | files | KB raw | KB compressed |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {files:,} | {raw / 1000:,.0f} | {packed / 1000:,.0f} |"
        for name, (files, raw, packed) in found.items()
    ]
    ratios = (ours / theirs for ours, theirs in zip(found["counted"], found["pagefind"], strict=True))
    return "\n".join([*lines, f"| counted / pagefind | {' | '.join(f'{ratio:.3f}' for ratio in ratios)} |"])


def main():
    """Read the arguments, add up, print the table."""
    parser = argparse.ArgumentParser(description="How large the index is on the disk.")
    parser.add_argument("work", type=Path, metavar="DIR", help="what archives.py made")
    parser.add_argument("--site", type=Path, metavar="DIR", help="another site built of the same papers")
    options = parser.parse_args()
    work = Work(options.work)
    found = parts(options.site or work.site)
    found["counted"] = tuple(map(sum, zip(*(found[name] for name in COUNTED), strict=True)))
    found |= pagefind(work.pagefind)
    (options.work / "disk.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(found)}\n")


if __name__ == "__main__":
    main()
