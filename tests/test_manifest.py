"""The note of the last build: kept beside the archive, and never trusted if it cannot be read."""

import pytest

from regesta.manifest import Manifest, load_manifest, manifest_path, save_manifest


def test_the_note_is_read_as_it_was_written(tmp_path):
    manifest = Manifest("s", {"index.html": "i"}, {"index.html": "o", "robots.txt": "r"})
    path = manifest_path(tmp_path, tmp_path / "site")
    save_manifest(path, manifest)
    assert load_manifest(path) == manifest
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_each_output_folder_has_a_note_of_its_own(tmp_path):
    assert manifest_path(tmp_path, tmp_path / "site") != manifest_path(tmp_path, tmp_path / "other")
    assert manifest_path(tmp_path, tmp_path / "site").parent == tmp_path / ".regesta"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 0, "settings": "s", "inputs": {}, "outputs": {}}'])
def test_a_note_that_cannot_be_read_is_none(tmp_path, text):
    path = tmp_path / "note.json"
    path.write_text(text)
    assert load_manifest(path) == load_manifest(tmp_path / "nowhere.json") == Manifest()
