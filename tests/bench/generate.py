"""Make an archive of any size: the papers of this repository, if there is room for them all, then papers that do not exist.

python tests/bench/generate.py DIR --papers 10000 [--seed 1]
"""

import argparse
import shutil
from pathlib import Path

from invent import Inventor, collection_name, collections_count

from regesta.content.paper_files import dump, load_papers
from regesta.content.taxonomy import load_tags

CONTENT = Path(__file__).parents[2] / "content"
_FOLDER_SIZE = 1000  # papers in a folder


class Generator:
    """Writes papers by their numbers: the lowest are the real ones, in the order of their ids."""

    def __init__(self, seed):
        self._real, problems = load_papers(CONTENT / "papers")
        if problems:
            raise SystemExit("\n".join(map(str, problems)))
        labels = {tag: known.label for tag, known in load_tags(CONTENT).items()}
        self._inventor = Inventor([file.paper for file in self._real], labels, seed)
        self.real = len(self._real)

    def write(self, folder, number, day=""):
        """Write the file of one paper; return its path.

        Args:
            folder: the archive's `content/papers`.
            number: of the paper.
            day: on which an invented one came out and was added; "" for any.
        """
        if number < self.real:
            real = self._real[number]
            path, text = folder / real.path.relative_to(CONTENT / "papers"), dump(real.paper)
        else:
            paper = self.invent(number, day)
            path, text = folder / f"{number // _FOLDER_SIZE:04}" / f"{paper.id}.md", dump(paper)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def invent(self, number, day=""):
        """Return an invented paper by its number, which is not one of a real paper."""
        return self._inventor.paper(number, day)


def write_archive(folder, papers, seed):
    """Write an archive with so many papers to a folder, which must be new or empty.

    Returns its generator, and the number of the first paper that it does not hold.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder}: is not empty: name a new folder")
    content = folder / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("papers", "scraped", "imports.lock"))
    generator = Generator(seed)
    numbers = range(papers) if papers >= generator.real else range(generator.real, generator.real + papers)
    if numbers.stop > generator.real:
        for index in range(collections_count(numbers.stop)):
            text = f"---\ntitle: Reading list {index + 1}\ndescription: What a reading group chose, list {index + 1}.\n---\n"
            (content / "collections" / f"{collection_name(index)}.md").write_text(
                text, encoding="utf-8", newline="\n"
            )
    for number in numbers:
        generator.write(content / "papers", number)
    return generator, numbers.stop


def main():
    """Read the arguments, write the archive."""
    parser = argparse.ArgumentParser(description="Make an archive of any size.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the archive goes; new or empty")
    parser.add_argument("--papers", type=int, required=True, metavar="N", help="how many papers")
    parser.add_argument("--seed", type=int, default=1, help="another one makes another archive")
    options = parser.parse_args()
    write_archive(options.folder, options.papers, options.seed)


if __name__ == "__main__":
    main()
