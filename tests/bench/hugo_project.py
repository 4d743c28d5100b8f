"""Make a Hugo project of an archive, whose site has the same pages as Regesta's.

python tests/bench/hugo_project.py ARCHIVE DIR
"""

import argparse
import json
import re
import shutil
from collections import Counter
from pathlib import Path

from regesta.building.themes import Theme
from regesta.content.collections import load_collections
from regesta.content.config import load_config
from regesta.content.own_pages import load_pages
from regesta.content.paper_files import parse
from regesta.content.taxonomy import load_tags
from regesta.text.dates import DAY, MONTH, YEAR, week

PROJECT = Path(__file__).parent / "hugo-site"
THEME = Path(__file__).parents[2] / "themes" / "default"
_KEYWORDS = 6  # by which Hugo looks for related papers
_MOST_BEARERS = (
    50  # a commoner word is no keyword: with it, Hugo's work would grow with the square of the papers
)
_WORD = re.compile(r"[a-z][a-z-]{4,}")
_TITLES = {
    "tags": "Tags", "dates": "Dates", "collections": "Collections", "organizations": "Organizations", "authors": "Authors", "venues": "Venues"
}  # fmt: skip


class Converter:
    """Writes papers as Hugo wants them.

    Args:
        paths: of all papers of the archive, from which a word's rarity is counted.

    Attributes:
        names: the names that papers have, by kind: tags, authors and so on.
    """

    def __init__(self, paths):
        self._bearers = Counter()
        self.names = {kind: set() for kind in _TITLES}
        for path in paths:
            paper = _read(path)
            self._bearers.update(_words(paper))
            for kind, names in _taxonomies(paper).items():
                self.names[kind].update(names)

    def write(self, path, target):
        """Write the paper of a file as a page of Hugo's."""
        paper = _read(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            _page(_front_matter(paper, self._keywords(paper)), paper.abstract), encoding="utf-8", newline="\n"
        )

    def _keywords(self, paper):
        """Return a paper's rarest words that other papers have, too."""
        shared = [word for word in _words(paper) if 1 < self._bearers[word] <= _MOST_BEARERS]
        return sorted(shared, key=lambda word: (self._bearers[word], word))[:_KEYWORDS]


def _read(path):
    return parse(path.read_text(encoding="utf-8"), path.stem, path.name)


def _words(paper):
    """Return what a paper may be about: the words of its title, and those that its abstract says more than once."""
    said = Counter(_WORD.findall(paper.abstract.lower()))
    return {*_WORD.findall(paper.title.lower()), *(word for word, times in said.items() if times > 1)}


def _page(front_matter, body):
    """Return a content file; JSON is the form of front matter that Hugo reads fastest."""
    known = {key: value for key, value in front_matter.items() if value not in ("", None, [], {})}
    return f"{json.dumps(known, ensure_ascii=False)}\n\n{body}\n"


def _front_matter(paper, keywords):
    return {
        "title": paper.title,
        "slug": paper.id,
        "date": f"{paper.date}-01-01"[:DAY] if paper.date else "",
        "keywords": keywords,
        **_taxonomies(paper),
        "params": {
            "date_known": paper.date,
            "published": paper.published,
            "featured": paper.featured,
            "added": paper.added,
            "inferred": bool(paper.inferred),
            "inverted": [
                f"{author.family}, {author.given}" if author.family else author.name
                for author in paper.authors
            ],
            "authors_count": paper.authors_count,
            "links": dict(paper.links),
            "comments": paper.comments,
            "upvotes": paper.upvotes,
            "origin": [{"file": origin.file, "line": origin.line} for origin in paper.origin],
        },
    }


def _taxonomies(paper):
    """Return the lists in which a paper stands, by their kind."""
    return {
        "tags": list(paper.tags),
        "dates": _dates(paper),
        "collections": list(paper.collections),
        "organizations": [paper.organization.name] if paper.organization else [],
        "authors": [author.name for author in paper.authors],
        "venues": [paper.venue] if paper.venue else [],
    }


def _dates(paper):
    """Return every list of the dates in which a paper stands."""
    lists = [paper.date[:length] for length in (YEAR, MONTH, DAY) if length <= len(paper.date)] or ["undated"]
    if len(paper.date) == DAY:
        lists.append(week(paper.date).lower())
    return [*lists, f"added-{paper.added}"] if paper.added else lists


def make_project(archive, folder):
    """Make the Hugo project of an archive in a folder that must be new; return the converter of its papers."""
    content, target = archive / "content", folder / "content"
    shutil.copytree(PROJECT, folder)
    config = load_config(content)
    settings = (folder / "hugo.toml").read_text(encoding="utf-8")
    (folder / "hugo.toml").write_text(
        f"title = {json.dumps(config.title)}\n{settings}", encoding="utf-8", newline="\n"
    )
    _write(target / "_index.md", {"title": config.title, "description": config.description})
    _write_static(folder / "static")
    converter = Converter((content / "papers").rglob("*.md"))
    _write_lists(content, target, converter.names)
    for path in (content / "papers").rglob("*.md"):
        converter.write(path, target / path.relative_to(content))
    return converter


def _write_lists(content, target, names):
    """Write what the archive says of its tags, collections and pages of its own; a kind of name that no paper has gets no page."""
    _write(target / "search.md", {"title": "Search", "layout": "search"})
    for name, title in _TITLES.items():
        values = {"title": title, "description": f"All {title.lower()} of this archive."}
        if name in ("organizations", "venues"):
            values["cascade"] = {"outputs": ["html", "rss"]}
        _write(
            target / name / "_index.md", values if names[name] else values | {"build": {"render": "never"}}
        )
    for tag, known in load_tags(content).items():
        if tag in names["tags"]:
            values = {"title": known.label, "description": known.description, "outputs": ["html", "rss"]}
            _write(target / "tags" / tag / "_index.md", values)
    for name in names["dates"]:
        if name.startswith("added-"):  # Regesta's feed has a document for each day, back to the first
            _write(target / "dates" / name / "_index.md", {"title": name, "outputs": ["html", "rss"]})
    collections, _ = load_collections(content)
    for name, known in collections.items():
        values = {"title": known.title, "description": known.description, "outputs": ["html", "rss"]}
        _write(target / "collections" / name / "_index.md", values, known.introduction)
    pages, _ = load_pages(content)
    for page in pages.values():
        _write(target / f"{page.name}.md", {"title": page.title, "layout": "own", "menus": "own"}, page.body)


def _write(path, front_matter, body=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(front_matter, body), encoding="utf-8", newline="\n")


def _write_static(folder):
    """Write the files that are copied as they are: the same as Regesta's."""
    shutil.copytree(THEME / "static", folder)
    for name, data in Theme("default", (THEME,)).assets.items():
        path = folder / "assets" / "0123456789ab" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for path, text in (
        (folder / "robots.txt", "User-agent: *\nAllow: /\n"),
        (folder / ".nojekyll", ""),
        (folder / "opensearch.xml", "<a/>\n"),
    ):
        path.write_text(text, encoding="utf-8", newline="\n")
    (folder / "manifest.webmanifest").write_text(
        json.dumps({"name": "Papers", "start_url": "/", "display": "browser"}), encoding="utf-8"
    )


def main():
    """Read the arguments, make the project."""
    parser = argparse.ArgumentParser(description="Make a Hugo project of an archive.")
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="the archive's folder")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the project goes; must be new")
    options = parser.parse_args()
    make_project(options.archive, options.folder)


if __name__ == "__main__":
    main()
