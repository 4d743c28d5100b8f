"""What several test files share: small papers, dumps and sites, and files of expected text."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from regesta.archive.archive_rows import make_archive
from regesta.archive.paper_rows import PaperRows
from regesta.building.themes import find_theme
from regesta.cli import main
from regesta.content.attachments import attach
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections
from regesta.content.config import Config, load_config
from regesta.content.find_files import find_files
from regesta.content.paper import Author
from regesta.content.paper_files import load_papers
from regesta.content.taxonomy import load_tags
from regesta.importing.known_papers import KnownPapers
from regesta.memory import Memory
from regesta.pages.catalogue import Catalogue
from regesta.pages.page import Draft
from regesta.pages.site import Site

TESTS = Path(__file__).parent
FIXTURES = TESTS / "fixtures"
REPOSITORY = TESTS.parent
SCRAPED = REPOSITORY / "content" / "scraped"
URL = "https://example.org/lab/"

# The same examples on every run; WIDE=1 looks further, with others each time.
settings.register_profile(
    "steady", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "wide", max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("wide" if os.environ.get("WIDE") else "steady")

HEAD_A = (
    "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
)
HEAD_B = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n{day}\n\n"

#: Texts that YAML, Markdown, XML or a file system could take for something else.
NASTY = (
    "no", "null", "~", "2410.21060", "1e3", "0x1F", "2025-06-02", "12:30", "- dash", "-", "a: b", ": b", "#", " # not a comment", "'", '"', "''",
    "`code`", "*stars*", "_under_", "**", "[a](b)", "![i](https://x.example/i.png)", "<b>", "</script>", "<!--", "&amp;", "&#39;", "|", ">", "%", "@",
    "{", "}", "[", "]", "{{ x }}", "---", "...", "===", "+ item", "1. item", "1) item", "> quote", "# heading", "\\", "\\\\", "\\*", "$", "$x$",
    "$5 and $6", "$\\alpha$", "🙂", "👩\u200d🔬", "日本語", "שלום", "e\u0301", "\u00e9", "\u00a0", "\u00ad", "\u2009", "\u2028", "\u2029", "\x85", "\ufeff",
    "\u202e", "\x07", "\x7f", "https://code.example/a_b/c", "https://a.example/x(y)", "https://[x", "https://a.example/it's/%C3%A9", "(https://a.example).", "muse.github.io",
)  # fmt: skip


def known_papers(papers):
    """Return papers as an import knows them: as if they were an archive's, but in no file."""
    memory = Memory()
    PaperRows(memory).put(papers)
    return KnownPapers(memory, Path())


def nasty_texts(size=6):
    """Texts of a few pieces, among them all that is known to be awkward."""
    piece = st.sampled_from(NASTY) | st.text(max_size=10)
    return st.lists(piece, max_size=size).flatmap(
        lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
    )


def dump_a(*entries, end="\n"):
    """Return a dump in layout A; an entry is a title and an abstract."""
    return HEAD_A + "\n".join(line for entry in entries for line in entry) + end


def dump_b(*entries, day="Oct 31", end=""):
    """Return a dump in layout B; an entry is a title, an abstract and perhaps metadata."""
    return HEAD_B.format(day=day) + "\n\n".join("\n\n".join(entry) for entry in entries) + end


def authors(count, date):
    """Return the metadata of an entry: how many authors, and when, with the comments behind it."""
    return f"  • {count} authors\n·\n{date}"


@cache
def english():
    """Return the default theme's catalogue of strings."""
    return Catalogue(find_theme("default", REPOSITORY).strings("en"))


def site_of(papers, taxonomy=(), collections=(), **settings):
    """Return what pages and feeds are planned from."""
    config = Config(**({"title": "Our papers", "url": URL} | settings))
    by_tag = {tag.tag: tag for tag in taxonomy}
    by_name = {collection.name: collection for collection in collections}
    return Site(config, make_archive(papers, by_tag, by_name), english())


def unrelated(_):
    """Return the papers related to some: none."""
    return {}


def drafts_of(units):
    """Yield the drafts of units, or the drafts themselves."""
    for unit in units:
        yield from [unit] if isinstance(unit, Draft) else unit[1]


def made(planned):
    """Return what units or drafts make, by path: pages, or the bytes of files."""
    return {draft.path: draft.make() for draft in drafts_of(planned)}


def new_root(folder, *, tags=""):
    """Make an empty archive in folder; return it."""
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "archive.yaml").write_text("title: Our papers\n", encoding="utf-8")
    if tags:
        (folder / "content" / "tags.yaml").write_text(tags, encoding="utf-8")
    return folder


def clone(root, target):
    """Copy an archive as Git would: the same bytes, everything freshly written."""
    return Path(shutil.copytree(root, target, copy_function=shutil.copyfile))


def import_into(root, *paths, options=()):
    """Run the import as a curator does; return the exit status."""
    return main(["import", *map(str, paths), "--root", str(root), *options])


def files_of(folder):
    """Return (time of the last change, bytes) of every file below folder, by its path; without the caches in `.regesta/`."""
    files = (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".regesta" not in path.relative_to(folder).parts
    )
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in files
    }


def check_golden(name, produced):
    """Compare texts by file name with those in `golden/<name>/`: none may differ, be missing or be left over.

    `REWRITE=1` writes them anew.
    """
    folder = TESTS / "golden" / name
    if os.environ.get("REWRITE"):
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in produced.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
    expected = {path: data.decode() for path, (_, data) in files_of(folder).items()}
    assert produced == expected, (
        f"if this is meant: REWRITE=1 make quick, and read the diff of tests/golden/{name}"
    )


def tiny_site(**settings):
    """Return the site of the tiny archive in `fixtures/archive`."""
    return _site_in(FIXTURES / "archive" / "content", **settings)


def workshop(**settings):
    """Return the site of the invented workshop in `fixtures/workshop`: its papers, programme, authors and files."""
    return _site_in(FIXTURES / "workshop" / "content", **settings)


def _site_in(content, **settings):
    files, _ = load_papers(content / "papers")
    collections, _ = load_collections(content)
    people, _ = load_authors(content)
    papers = [file.paper for file in files]
    archive = make_archive(papers, load_tags(content), collections, people)
    attached, _ = attach(find_files(content, "files")[0], archive.owners)
    config = replace(load_config(content), **settings)
    return Site(config, archive, english(), attached)


def run_bench(program, *arguments, **environment):
    """Run a tool of `tests/bench`; return what it prints."""
    command = [sys.executable, "-B", TESTS / "bench" / program, *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=True
    ).stdout


#: The fields of a paper of which all is known that a citation may say.
WELL_KNOWN = {
    "authors": (Author("Ada Example", "Ada", "Example"), Author("The Tide Group"), Author("Trees and Sons, Inc.")),
    "published": "2025-06-02",
    "type": "article",
    "venue": "Journal of Salt",
    "volume": "12",
    "number": "3",
    "pages": "5–9",
    "publisher": "Salt Society",
    "links": {"doi": "https://doi.org/10.5555/example.1"},
    "keywords": ("salt", "sea"),
    "language": "fr",
    "citekey": "example2025",
    "abstract": "It is long.",
}  # fmt: skip
