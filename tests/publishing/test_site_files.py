"""The files of a site as rows: believed only beside the manifest that they name, and written as that manifest."""

import json

import pytest

from regesta.memory import Memory
from regesta.publishing.manifest import NAME, Manifest, read_manifest
from regesta.publishing.site_files import SiteFile, SiteFiles
from small_site import written

PATHS = [
    "index.html",
    "papers/a/index.html",
    "papers/a.txt",
    "papers/b/data/1.csv",
    'files/Überblick "1".pdf',
    "files/\u2028.txt",
    "files/\U0001f4c4.txt",
    "files/\ufb01.txt",
    "files/back\\slash\x7f",
    "assets/1/site.css",
    ".nojekyll",
]
FILES = [SiteFile(path, path.partition("/")[0], f"{n}i", f"{n}o") for n, path in enumerate(PATHS)]


class Site:
    """A site's folder, the memory of its builds, and a way to publish that writes only the manifest."""

    def __init__(self, folder):
        self.folder, self.path = folder, folder / "memory.db"
        self.memory, self.files = None, None

    def open(self):
        self.memory = Memory(self.path)
        self.files = SiteFiles(self.memory, self.folder)
        return self.files

    def write_manifest(self):
        (self.folder / NAME).write_bytes(b"".join(self.files.manifest()))

    def publish(self, files, settings="settings"):
        known = self.open()
        known.put(files)
        known.settings = settings
        self.write_manifest()
        known.note_published()
        self.memory.commit()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    if site.memory:
        site.memory.close()


def test_the_manifest_is_the_same_to_the_byte_however_the_rows_came(site):
    whole = Manifest(
        "s", {file.path: file.inputs for file in FILES}, {file.path: file.output for file in FILES}
    )
    files = site.open()
    files.settings = "s"
    for file in reversed(FILES):
        files.put([file])
    assert b"".join(files.manifest()) == written(whole)
    assert [file.path for file in files] == [*files.paths()] == sorted(PATHS)


def test_a_long_manifest_is_the_same_to_the_byte(site):
    numbers = [f"{n}" for n in range(10_000)]
    files = site.open()
    files.put(SiteFile(n, "", n, n) for n in numbers)
    same = {n: n for n in numbers}
    assert b"".join(files.manifest()) == written(Manifest("", same, same))
    (site.folder / NAME).write_bytes(b"".join(files.manifest()))
    assert read_manifest(site.folder) == Manifest("", same, same)
    assert len(SiteFiles(Memory(), site.folder)) == 10_000


def test_the_next_build_finds_what_was_published(site):
    site.publish(FILES)
    files = site.open()
    assert (files.is_known, files.is_ours, files.is_first, files.settings) == (True, True, False, "settings")
    assert sorted(files) == sorted(FILES)
    assert (files.get("index.html"), files.get("papers")) == (FILES[0], None)
    assert files.of_unit("papers") == sorted(file for file in FILES if file.unit == "papers")
    assert files.is_published()


def test_before_the_first_build_there_is_nothing(site):
    files = site.open()
    assert (files.is_known, files.is_ours, files.is_first, len(files)) == (False, False, True, 0)
    assert not files.is_published()
    assert [*files.folders_before()] == [""]


@pytest.mark.parametrize(
    "happens",
    [
        lambda site: site.path.unlink(),
        lambda site: (site.folder / NAME).write_bytes(written(Manifest("other", {"a": "i"}, {"a": "o"}))),
        lambda site: (site.folder / NAME).write_text(
            json.dumps(json.loads((site.folder / NAME).read_text()))
        ),
        lambda site: (site.folder / NAME).write_text(
            json.dumps(json.loads((site.folder / NAME).read_text()), indent=2)
        ),
        lambda site: (site.folder / NAME).write_bytes(written(Manifest("empty", {}, {}))),
    ],
    ids=["no memory", "another site", "in one line", "in many lines", "empty"],
)
def test_only_the_manifest_in_the_site_is_believed(site, happens):
    site.publish(FILES)
    happens(site)
    manifest, files = read_manifest(site.folder), site.open()
    assert (files.is_known, files.is_ours, files.settings) == (False, True, manifest.settings)
    assert {file.path: file.inputs for file in files} == manifest.inputs
    assert {file.path: file.output for file in files} == manifest.outputs
    assert len(files.of_unit(None)) == len(files) == len(manifest.inputs)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[: data.rindex(b"\n", 0, -5) + 1],
        lambda data: data + b"more\n",
        lambda data: data.replace(b"papers/b", b"../papers"),
        lambda _: b"",
    ],
    ids=["half of it", "no end", "more than the end", "a path that leads out", "nothing"],
)
def test_a_manifest_that_is_not_ours_names_no_file(site, damage):
    site.publish(FILES)
    (site.folder / NAME).write_bytes(damage((site.folder / NAME).read_bytes()))
    files = site.open()
    assert (files.is_known, files.is_ours, len(files), files.settings) == (False, False, 0, "")


def test_rows_that_were_changed_and_not_published_are_not_believed(site):
    """A helper process needs them in the file, and the build may be killed then."""
    site.publish(FILES)
    files = site.open()
    files.put([FILES[0]._replace(output="another")])
    site.memory.share()
    site.memory.close()
    files = site.open()
    assert not files.is_known
    assert files.get("index.html") == FILES[0]._replace(unit=None)


def test_a_build_that_changes_nothing_leaves_all_as_it_is(site):
    site.publish(FILES)
    files = site.open()
    files.put([])
    files.remove([])
    assert files.is_published()
    files.note_published()
    site.memory.commit()
    assert site.open().is_known


def test_other_settings_are_another_manifest(site):
    site.publish(FILES)
    files = site.open()
    files.settings = "others"
    assert not files.is_published()
    site.write_manifest()
    files.note_published()
    site.memory.commit()
    assert (site.open().is_known, site.files.settings) == (True, "others")


def test_units_that_nobody_named_stay_unknown(site):
    site.publish([file._replace(unit=None) for file in FILES[:1]] + FILES[1:])
    assert not site.open().is_known


def test_what_comes_and_goes_during_a_build_is_told_from_what_was_there(site):
    site.publish(FILES)
    files, new = site.open(), SiteFile("papers/new/index.html", "papers", "i", "o")
    files.put([new, new._replace(path="papers/short-lived.txt")])
    files.remove(["papers/short-lived.txt", "papers/b/data/1.csv", "papers/a.txt", "papers/never.txt"])
    files.put([FILES[2]])  # it comes back
    assert files.removed() == ["papers/b/data/1.csv"]
    assert set(files.folders_before()) == {
        "",
        "papers",
        "papers/a",
        "papers/b",
        "papers/b/data",
        "files",
        "assets/1",
        "assets",
    }
    names = {
        "papers": {"a.txt"},
        "papers/b/data": {"1.csv"},
        "papers/new": set(),
        "": {"index.html", ".nojekyll"},
        "files": {path.removeprefix("files/") for path in PATHS if path.startswith("files/")},
    }
    others = {f"papers/b{n}": set() for n in range(200)}
    assert files.names_before(names) == names
    assert files.names_before(names | others) == names | others
    below = {folder: held for folder, held in names.items() if folder.startswith("papers")}
    assert files.names_before(below | others) == below | others
    assert (
        files.has_folder("papers/new"),
        files.has_folder("papers/b"),
        files.has_folder("papers/a.txt"),
    ) == (True, False, False)
    assert ("papers/new/index.html" in files, "papers/b/data/1.csv" in files) == (True, False)
