"""The least that a build in Python can cost: read the archive's files, and write files of the same sizes as the site's.

python tests/bench/bare.py CONTENT SIZES DIR
"""

import os
import sys
from pathlib import Path


def write_sizes(site, within, listing):
    """Write to a listing the size and the path of each file of a site.

    Args:
        site: the folder.
        within: tells of a file's name below the folder whether to list it.
        listing: the file, which `main` reads.
    """
    found = ((path.relative_to(site).as_posix(), path.stat()) for path in site.rglob("*") if path.is_file())
    lines = (f"{status.st_size} {name}\n" for name, status in found if within(name))
    listing.write_text("".join(lines), encoding="utf-8", newline="\n")


def _read_all(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            Path(parent, name).read_bytes()


def _write_all(sizes, folder):
    blank = memoryview(bytes(max(sizes.values())))
    for parent in {os.path.dirname(name) for name in sizes}:  # noqa: PTH120 - pathlib would take longer than the work
        os.makedirs(f"{folder}/{parent}", exist_ok=True)  # noqa: PTH103
    for name, size in sizes.items():
        with open(f"{folder}/{name}", "wb", buffering=0) as file:  # noqa: PTH123
            file.write(blank[:size])


def main():
    """Read the arguments, read everything, write everything."""
    content, listing, folder = sys.argv[1:]
    _read_all(content)
    lines = (line.split(" ", 1) for line in Path(listing).read_text(encoding="utf-8").splitlines())
    _write_all({name: int(size) for size, name in lines}, folder)


if __name__ == "__main__":
    main()
