"""What happens to an archive between an edit and the build that has to show it. Each takes the archive and a source of chance.

Each returns how that build is to be done: options of `regesta.building.build.Options`.
"""

import gc
import os
import shutil
import signal
import time

from breaking import kill_at
from edits.site import THEIRS
from regesta.publishing.manifest import NAME

_CACHES = ("*.json", "*.db", "*.cache")


def killed_at_a_call(archive, chance):
    """A build is killed at one of its calls to the system."""
    gc.collect()  # what this process has opened is closed here, and not in the other one
    kill_at(chance.randint(1, 80), archive.build)
    return {}


def killed_in_time(archive, chance):
    """A build is killed at a random moment."""
    gc.collect()
    child = os.fork()
    if not child:
        try:
            archive.build()
        finally:
            os._exit(0)
    time.sleep(chance.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return {}


def built_elsewhere(archive, chance):
    """The archive is built into another folder, perhaps for another address."""
    archive.build(archive.root / "other", url=chance.choice(["", "https://example.org/elsewhere/"]))
    return {}


def strict(archive, _chance):
    """A strict build, which publishes nothing if there are problems."""
    archive.build(strict=True)
    return {}


def for_another_address(archive, chance):
    """The site is built for another address for a while."""
    archive.build(url=chance.choice(["https://example.org/elsewhere/", "http://x.example/"]))
    return {}


def full(_archive, _chance):
    return {"full": True}


def shared(_archive, _chance):
    """Several processes share the work."""
    gc.collect()
    return {"jobs": 2}


def changed_by_hand(archive, chance):
    """A page was changed by hand, for which there is `--full`."""
    if files := _pages(archive):
        with chance.choice(files).open("ab") as file:
            file.write(b"by hand")
    return {"full": True}


def pages_lost(archive, chance):
    """Some files of the site were deleted, or all."""
    files = _pages(archive)
    if chance.random() < 0.2:
        shutil.rmtree(archive.site, ignore_errors=True)
    for path in chance.sample(files, k=min(chance.choice([1, 1, 5]), len(files))):
        path.unlink(missing_ok=True)
    return {}


def index_lost(archive, chance):
    """A file of the search index was deleted."""
    if files := sorted((archive.site / "search").rglob("*.json")):
        chance.choice(files).unlink()
    return {}


def _pages(archive):
    return sorted(path for path in archive.site.rglob("*") if path.is_file() and _is_ours(path))


def _is_ours(path):
    return path.name != NAME and path.suffix != THEIRS


def site_kept_and_put_back(archive, _chance):
    """A copy of the site is put in its place, which an earlier call has taken."""
    kept = archive.root / "kept-site"
    if kept.exists():
        shutil.rmtree(archive.site, ignore_errors=True)
        kept.rename(archive.site)
    elif archive.site.exists():
        shutil.copytree(archive.site, kept)
    return {}


def caches_kept_and_put_back(archive, _chance):
    """A copy of the caches is put in their place, which an earlier call has taken."""
    home, kept = archive.root / ".regesta", archive.root / "kept-caches"
    source, target = (kept, home) if kept.exists() else (home, kept)
    if source.exists():
        target.mkdir(exist_ok=True)
        for path in _caches(source):
            shutil.copyfile(path, target / path.name)
    if source is kept:
        shutil.rmtree(kept)
    return {}


def forgotten(archive, _chance):
    """`.regesta/` was deleted."""
    shutil.rmtree(archive.root / ".regesta", ignore_errors=True)
    return {}


def one_cache_lost(archive, chance):
    """One file of `.regesta/` was deleted."""
    if caches := _caches(archive.root / ".regesta"):
        chance.choice(caches).unlink()
    return {}


def one_cache_damaged(archive, chance):
    """A cache was cut off, or other bytes stand in it."""
    if caches := [path for path in _caches(archive.root / ".regesta") if not path.name.startswith("stamp")]:
        path = chance.choice(caches)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if chance.random() < 0.5 else b"nonsense" * 100)
    return {}


def _caches(home):
    return sorted(path for pattern in _CACHES for path in home.glob(pattern))


def touched(archive, _chance):
    """All files look new, as after a fresh checkout."""
    for path in archive.files:
        (archive.root / path).touch()
    return {}


def visited(archive, chance):
    """Somebody put a file into the site."""
    if folders := [archive.site, *(path.parent for path in _pages(archive))]:
        folder = chance.choice(folders)
        folder.mkdir(parents=True, exist_ok=True)
        if (archive.site / NAME).exists():
            (folder / f"{chance.randint(0, 999)}{THEIRS}").write_text("theirs")
    return {}


#: Those after which the site is the old or the new one, and nothing in between.
KILLS = (killed_at_a_call, killed_in_time)
KINDS = (
    killed_at_a_call, killed_in_time, built_elsewhere, strict, for_another_address, full, shared, changed_by_hand, pages_lost,
    index_lost, site_kept_and_put_back, caches_kept_and_put_back, forgotten, one_cache_lost, one_cache_damaged, touched, visited,
)  # fmt: skip
