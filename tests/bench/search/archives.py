"""Make what one size of the search benchmark works on: an archive, its site, Pagefind's index of the site, the papers' texts.

python tests/bench/search/archives.py DIR --papers 10000 [--real papers.jsonl.gz]

Run it again after a change of the generator: the archive and Pagefind's index stay, the site is built anew.
"""

import argparse
import gzip
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import ours
from generate import CONTENT, write_archive
from measure import run

HERE = Path(__file__).parent
LATER = 30  # papers that come to the archive
_DAY = "2027-01-04"  # on which they are added: after all others
#: The parts of a paper's page that only repeat the rest; with them, Pagefind would find less.
_LEFT_OUT = ".cite, .side, .lookups, nav"


@dataclass(frozen=True)
class Work:
    """The folder of one size.

    Attributes:
        root: holds `content/`, as every archive does.
    """

    root: Path

    @property
    def site(self):
        """What Regesta built."""
        return self.root / "site"

    @property
    def pagefind(self):
        """What Pagefind made of the site."""
        return self.root / "pagefind"

    @property
    def later(self):
        """Thirty papers more, as `papers/` holds them."""
        return self.root / "later"

    def papers(self):
        """Return what every paper says: url, title, abstract, authors, organization, tags, venue, year."""
        return json.loads((self.root / "papers.json").read_text(encoding="utf-8"))


def prepare(work, papers, seed, real=None):
    """Make all that is not there yet, and build the site."""
    if not (work.root / "content").exists():
        _say(f"making {papers} papers")
        import_real(work, papers, real) if real else invent(work, papers, seed)
    _say("building the site")
    run([Path(sys.executable).with_name("regesta"), "build", "--root", work.root, "--output", work.site])
    site = ours.load_site(work.root)
    (work.root / "papers.json").write_text(
        json.dumps([ours.said(site, paper) for paper in site.archive.papers], ensure_ascii=False),
        encoding="utf-8",
    )
    if not work.pagefind.exists():
        _say("Pagefind")
        run(pagefind_command(work.site, work.pagefind))


def pagefind_command(site, target):
    """Return the command that makes Pagefind's index of a site's papers."""
    choice = (
        "--glob",
        "papers/*/index.html",
        "--root-selector",
        "article.paper",
        "--exclude-selectors",
        _LEFT_OUT,
    )
    return [
        "node",
        HERE / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs",
        "--site",
        site,
        "--output-path",
        target,
        *choice,
    ]


def invent(work, papers, seed):
    """Write an archive of the repository's papers and of invented ones."""
    with tempfile.TemporaryDirectory(dir=work.root.parent) as folder:
        generator, first = write_archive(Path(folder) / "archive", papers, seed)
        for number in range(first, first + LATER):
            generator.write(work.later, number, _DAY)
        shutil.move(Path(folder) / "archive" / "content", work.root / "content")


def import_real(work, papers, source):
    """Import papers from JSON lines, evenly spread over the file; those after them are the later ones."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    count = min(papers + LATER, len(lines))
    chosen = [lines[number * len(lines) // count] for number in range(count)]
    for part, target in ((chosen[:-LATER], work.root), (chosen[-LATER:], work.root / "of-later")):
        (target / "content").mkdir(parents=True)
        for name in ("archive.yaml", "tags.yaml"):
            shutil.copyfile(CONTENT / name, target / "content" / name)
        (target / "papers.jsonl").write_text("".join(part), encoding="utf-8")
        run([Path(sys.executable).with_name("regesta"), "import", target / "papers.jsonl", "--root", target])
    for path in (work.root / "of-later" / "content" / "papers").rglob("*.md"):
        work.later.mkdir(exist_ok=True)
        (work.later / path.name).write_text(ours.added_on(path, _DAY), encoding="utf-8")
    shutil.rmtree(work.root / "of-later")


def _say(text):
    sys.stderr.write(f"{text}\n")


def main():
    """Read the arguments, make everything."""
    parser = argparse.ArgumentParser(description="Make what one size of the search benchmark works on.")
    parser.add_argument("work", type=Path, metavar="DIR", help="where it goes")
    parser.add_argument("--papers", type=int, default=461, metavar="N", help="how many papers (default: 461)")
    parser.add_argument(
        "--real",
        type=Path,
        metavar="FILE",
        help="take them from this file of JSON lines (.jsonl.gz), do not invent them",
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes another archive")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    prepare(Work(options.work.resolve()), options.papers, options.seed, options.real)


if __name__ == "__main__":
    main()
