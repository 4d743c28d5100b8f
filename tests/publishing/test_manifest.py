"""The manifest of a site: read as it was written, and rejected if it cannot be ours."""

import json

import pytest

from regesta.publishing.manifest import NAME, Manifest, read_manifest, read_paths
from small_site import written

PATHS = [
    "index.html",
    "papers/a/index.html",
    'files/Überblick "1".pdf',
    "files/\u2028.txt",
    "assets/1/site.css",
    ".nojekyll",
]


def write(folder, text):
    (folder / NAME).write_text(text, encoding="utf-8")
    return folder


def test_it_is_read_as_it_was_written(tmp_path):
    manifest = Manifest(
        "settings",
        {path: f"{n}i" for n, path in enumerate(PATHS)},
        {path: f"{n}o" for n, path in enumerate(PATHS)},
    )
    (tmp_path / NAME).write_bytes(written(manifest))
    assert read_manifest(tmp_path) == manifest


def test_an_empty_site_has_one_too(tmp_path):
    (tmp_path / NAME).write_bytes(written(Manifest("settings", {}, {})))
    assert read_manifest(tmp_path) == Manifest("settings", {}, {})


def test_its_paths_can_be_read_alone(tmp_path):
    manifest = Manifest("settings", dict.fromkeys(PATHS, "i"), dict.fromkeys(PATHS, "o"))
    (tmp_path / NAME).write_bytes(written(manifest))
    assert sorted(read_paths(tmp_path)) == sorted(PATHS)
    (tmp_path / NAME).write_bytes(written(Manifest("settings", {}, {})))
    assert not [*read_paths(tmp_path)]


@pytest.mark.parametrize("text", [None, "{}\n[1]\n", '{"format":2,"files":{\n"a":1}}\n'])
def test_the_paths_of_what_is_no_manifest_cannot_be_read(tmp_path, text):
    if text:
        write(tmp_path, text)
    with pytest.raises(ValueError, match=NAME):
        [*read_paths(tmp_path)]


def test_the_same_site_has_the_same_manifest():
    forth, back = (
        Manifest("s", dict.fromkeys(order, "i"), dict.fromkeys(order, "o")) for order in (PATHS, PATHS[::-1])
    )
    assert written(forth) == written(back)


def test_each_file_has_a_line_in_the_order_of_paths():
    lines = written(Manifest("s", dict.fromkeys(PATHS, "i"), dict.fromkeys(PATHS, "o"))).decode().splitlines()
    assert [json.loads(line.rpartition(":")[0]) for line in lines[1:-1]] == sorted(PATHS)
    assert lines[1] == '".nojekyll":["i","o"],'


def text_of(files, **changes):
    return json.dumps({"format": 2, "settings": "s", "files": files} | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '"text"',
        text_of({}, format=1),
        text_of([]),
        text_of({"a": "i"}),
        text_of({"a": ["i", 1]}),
        text_of({"a": ["i"]}),
        text_of({"a": None}),
        text_of({"": ["i", "o"]}),
    ],
)
def test_what_cannot_be_read_is_none(tmp_path, text):
    assert read_manifest(write(tmp_path, text)) is None


@pytest.mark.parametrize(
    "path",
    ["../secret", "/etc/passwd", "a/../../b", "a//b", "", ".", "..", "a/..", "./a", "a/", "a\0b", "\ud800"],
)
def test_a_path_that_leads_elsewhere_makes_it_invalid(tmp_path, path):
    """Files in a manifest may be deleted: one from elsewhere must not name files outside the site."""
    assert read_manifest(write(tmp_path, text_of({"index.html": ["i", "o"], path: ["i", "o"]}))) is None


def test_a_folder_without_one_is_no_site_of_ours(tmp_path):
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "nowhere") is None
    (tmp_path / NAME).mkdir()
    assert read_manifest(tmp_path) is None
