"""All that the search benchmark calls of Regesta itself, so that there is one place to change."""

import re
from pathlib import Path

from regesta.archive.archive_rows import make_archive
from regesta.building.themes import find_theme
from regesta.content.collections import load_collections
from regesta.content.config import load_config
from regesta.content.paper_files import dump, load_papers, parse
from regesta.content.taxonomy import load_tags
from regesta.pages.catalogue import Catalogue
from regesta.pages.site import Site, paper_address, plain_title

CLIENT = Path(__file__).parents[3] / "themes" / "default" / "js" / "search"


def load_site(root):
    """Return what the index is made from: the archive below a folder, held in memory with all abstracts."""
    content = root / "content"
    config = load_config(content)
    catalogue = Catalogue(find_theme(config.theme, root).strings(config.language))
    papers, _ = load_papers(content / "papers")
    collections, _ = load_collections(content)
    return Site(
        config, make_archive((file.paper for file in papers), load_tags(content), collections), catalogue
    )


def documents(site):
    """Return what search knows of every paper, by the layer in which it stands."""
    from regesta.search.index import search_document
    from regesta.search.layering import layers

    return {
        name: [search_document(site, paper) for paper in papers]
        for name, papers in layers(site.archive.papers).items()
    }


def index_files(found):
    """Return the whole index of some documents: bytes by path below the site."""
    from regesta.search import index

    return index.index_files(found, {})


def kind_of(path):
    """Tell by its path below the site what part of the index a file is: terms (with the manifest), shards, phrases, spelling; "" for none.

    Only terms and shards are fetched for any query; the others are measured apart.
    """
    if not re.match(r"search/.*\.(?:txt|json)$", path):
        return ""
    found = re.search(r"/(shown|places|words|endings)\b", path)
    return (
        {
            "shown": "shards",
            "places": "phrases",
            "words": "spelling",
            "endings": "spelling",
        }[found[1]]
        if found
        else "terms"
    )


def said(site, paper):
    """Return what a paper says, as plain text by field."""
    return {
        "url": paper_address(paper),
        "title": plain_title(paper),
        "abstract": site.text(paper),
        "authors": [author.name for author in paper.authors],
        "organization": paper.organization.name if paper.organization else "",
        "tags": [site.archive.label(tag) for tag in paper.tags],
        "venue": paper.venue,
        "year": paper.date[:4],
    }


def added_on(path, day):
    """Return the text of a paper's file with another day of addition."""
    from dataclasses import replace

    return dump(replace(parse(path.read_text(encoding="utf-8"), path.stem, path.name), added=day))


def edited(path):
    """Return the text of a paper's file with a sentence more in its abstract."""
    return (
        f"{path.read_text(encoding='utf-8').rstrip()} This version corrects two tables and adds references.\n"
    )
