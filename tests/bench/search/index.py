"""Make our index of an archive again, without the pages of the site: what `quality.py`, `latency.py` and `disk.py` need after a change.

python tests/bench/search/index.py DIR [TARGET]; then, for example, quality.py DIR --site DIR/quick
"""

import argparse
import shutil
from pathlib import Path

import ours


def main():
    """Read the arguments, write the files."""
    parser = argparse.ArgumentParser(
        description="Make our index of an archive again, without the pages of the site."
    )
    parser.add_argument("work", type=Path, metavar="DIR", help="what archives.py made")
    parser.add_argument(
        "target", type=Path, metavar="TARGET", nargs="?", help="where search/ goes (default: DIR/quick)"
    )
    options = parser.parse_args()
    target = options.target or options.work / "quick"
    shutil.rmtree(target / "search", ignore_errors=True)
    for name, data in ours.index_files(ours.documents(ours.load_site(options.work))).items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
