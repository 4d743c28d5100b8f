"""What the tests of publishing share: a small site, published without building it, and a look at all that its folder holds."""

import os
import re
import stat
from contextlib import closing
from pathlib import Path

from regesta.memory import Memory
from regesta.publishing.dry_run import Rehearsal
from regesta.publishing.journal import output_mark
from regesta.publishing.manifest import NAME, manifest_pieces
from regesta.publishing.publisher import Publisher
from regesta.publishing.site_files import SiteFile, SiteFiles
from regesta.text.strings import checksum, digest

#: Three states of a site. From each to the next, files change, come and go, and a file and a folder change places twice.
STATES = (
    {
        "index.html": b"home 1",
        "assets/a/site.css": b"css 1",
        "feed.xml": b"feed 1",
        "swap": b"a file",
        "turn/index.html": b"a page",
        **{f"papers/p{n}/index.html": b"paper %d" % n for n in range(4)},
    },
    {
        "index.html": b"home 2",
        "assets/b/site.css": b"css 2",
        "feed.xml": b"feed 1",
        "swap/index.html": b"a page now",
        "turn": b"a file now",
        **{f"papers/p{n}/index.html": b"paper %d" % n for n in range(1, 5)},
    },
    {
        "index.html": b"home 3",
        "assets/b/site.css": b"css 2",
        "feed.xml": b"feed 3",
        "swap": b"a file again",
        "turn/index.html": b"a page again",
        "turn/deep/below/index.html": b"deep",
        **{f"papers/p{n}/index.html": b"paper %d, edited" % n for n in range(2, 6)},
    },
)

#: What somebody else keeps in the site's folder: beside our files, below them, in a folder that goes, in folders of their own.
FOREIGN = {
    ".gitignore": b"*",
    "CNAME": b"papers.example.org",
    "papers/p0/notes.txt": b"of a paper that goes",
    "papers/p2/slides.pdf": b"%PDF",
    ".git/HEAD": b"ref",
    ".git/objects/1": b"blob",
    "papers/p2/data/table.csv": b"1,2",
    "papers/p3/empty/": None,
    "latest": Path("papers/p2"),
    "elsewhere": Path("/nonexistent/place"),
}


def written(manifest):
    """Return a manifest as it stands in a site: the same bytes for the same files, whatever their order."""
    files = ((path, manifest.inputs[path], manifest.outputs[path]) for path in sorted(manifest.outputs))
    return b"".join(manifest_pieces(manifest.settings, files))


def publish(root, files, output="site", hand="", meanwhile=None) -> list[str]:
    """Publish files (bytes by path) as a build does; return what was written.

    Args:
        root, output: the archive and its site.
        files: bytes by path.
        hand: part of the hash of what each file is made from.
        meanwhile: done when all is written and nothing published.
    """
    with Publisher(root, root / output) as publisher, closing(memory_of(root, output)) as memory:
        known = SiteFiles(memory, root / output)
        missing = publisher.look(known).missing
        rows = [SiteFile(path, "", digest(hand), checksum(data)) for path, data in files.items()]
        had = {row.path: row for row in known}
        written = {row.path for row in rows if is_other(had.get(row.path), row) or row.path in missing}
        for path in sorted(written):
            publisher.write(path, files[path])
        if meanwhile:
            meanwhile()
        known.settings = "settings"
        known.put(row for row in rows if row != had.get(row.path))
        known.remove(had.keys() - files.keys())
        publisher.publish(known, written)
        memory.commit()
    return sorted(written)


def memory_of(root, output="site"):
    """Return the memory of the builds of a site."""
    return Memory(root / ".regesta" / f"memory-{output_mark(root / output)}.db")


def is_other(had, row):
    """Tell whether a file has other bytes than it had."""
    return had is None or had.output != row.output


def is_whole(root, output="site"):
    """Tell whether a site has all its files, as a build asks before it does anything else."""
    return Rehearsal(root / output).is_whole()


def add_foreign(site, things=FOREIGN):
    """Put things of somebody else into a site's folder: bytes, links (as paths) and empty folders (None)."""
    for path, thing in things.items():
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if thing is None:
            place.mkdir()
        elif isinstance(thing, Path):
            place.symlink_to(thing)
        else:
            place.write_bytes(thing)


def look(site):
    """Return all that a folder holds by path: bytes of files, targets of links, other things by what they are; no manifest."""
    found = {}
    for folder, folders, files in os.walk(site):
        if not folders and not files:
            found[f"{Path(folder).relative_to(site).as_posix()}/"] = None
        for name in (*folders, *files):
            place = Path(folder, name)
            path = place.relative_to(site).as_posix()
            if place.is_symlink():
                found[path] = place.readlink()
            elif place.is_file():
                found[path] = place.read_bytes()
            elif not place.is_dir():
                found[path] = stat.filemode(place.lstat().st_mode)[0]
    found.pop(NAME, None)
    return found


def leftovers(root, output="site"):
    """Return what publishing left in `.regesta/`, beside the site and in it, other than what belongs there.

    What SQLite keeps to undo a killed build belongs there: it goes when the memory is next written.
    """
    home = {path.name for path in (root / ".regesta").iterdir() if not path.name.startswith("standby-")}
    usual = {
        name for name in home if re.fullmatch(r"\.gitignore|site-\w+\.note|memory-\w+\.db(-journal)?", name)
    }
    beside = {
        path.name
        for path in (root / output).parent.iterdir()
        if path.name.startswith(".") and path.name != ".regesta"
    }
    inside = {path.name for path in (root / output).iterdir() if path.name.startswith(".regesta.")} - {NAME}
    return (home - usual) | beside | inside
