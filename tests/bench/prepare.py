"""Make what one size of the benchmark needs: an archive, its Hugo project, and papers to be added to both.

python tests/bench/prepare.py DIR --papers 10000
"""

import argparse
import re
from pathlib import Path

from generate import write_archive
from hugo_project import make_project

ADDED = 30
_DATED = re.compile(r'^published: "\d{4}-\d\d-\d\d"', re.MULTILINE)
_DAY = (
    "2026-11-23"  # on which they come out and are added: later than all others, as in the life of an archive
)


def prepare(work, papers, seed):
    """Write below a new folder `regesta/`, `hugo/`, `added/` with 30 more papers for each, and `edited`: a paper's path."""
    generator, first = write_archive(work / "regesta", papers, seed)
    converter = make_project(work / "regesta", work / "hugo")
    (work / "edited").write_text(_a_paper(work / "regesta" / "content" / "papers"), encoding="utf-8")
    folder = work / "added" / "regesta"
    for number in range(first, first + ADDED):
        path = generator.write(folder / "content" / "papers", number, _DAY)
        converter.write(path, work / "added" / "hugo" / path.relative_to(folder))


def _a_paper(folder):
    """Return the path below a folder of a paper that is dated to the day, from the middle of them."""
    papers = sorted(folder.rglob("*.md"))
    dated = (path for path in papers[len(papers) // 2 :] if _DATED.search(path.read_text(encoding="utf-8")))
    return next(dated).relative_to(folder).as_posix()


def main():
    """Read the arguments, make everything."""
    parser = argparse.ArgumentParser(
        description="Make an archive, its Hugo project, and papers to be added to both."
    )
    parser.add_argument("work", type=Path, metavar="DIR", help="where they go; must be new")
    parser.add_argument("--papers", type=int, required=True, metavar="N", help="how many papers")
    parser.add_argument("--seed", type=int, default=1, help="another one makes another archive")
    options = parser.parse_args()
    prepare(options.work, options.papers, options.seed)


if __name__ == "__main__":
    main()
