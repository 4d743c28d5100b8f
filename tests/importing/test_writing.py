"""What commands do to the files of people that are links, read-only, another's, or pipes."""

import os
import stat

import pytest

from helpers import dump_a, files_of, import_into, new_root
from regesta.cli import main

TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit."
OTHER = "Rivers carry sand to the sea; a model of nine equations says how much, and two winters of measurements by boat agree."
TAGS = "# Mine\n- tag: trees\n  phrases: [no such words]\n"
OUT = "is a link that leads out of the archive: put the file itself here"


@pytest.fixture
def root(tmp_path, capsys):
    """Return an archive with a paper and an entry that waits for review, and a dump that changes the paper."""
    root = new_root(tmp_path / "archive", tags=TAGS)
    scraped = root / "content/scraped"
    scraped.mkdir()
    for number, text in enumerate((TEXT, OTHER)):
        (scraped / f"{number}.txt").write_text(dump_a(("Sparse Trees", text)))
        assert import_into(root, scraped) == 0
    (root / "content/originals").mkdir()
    (scraped / "0.txt").write_text(dump_a(("Sparse Trees", TEXT + " And more.")))
    capsys.readouterr()
    return root


def command(root, name):
    words = {
        "import": ["import", str(root / "content/scraped/0.txt")],
        "tag": ["tag", "add", "trees", "--query", "sparse"],
        "review": ["review", "all", "--same"],
    }
    return main([*words[name], "--root", str(root)])


COMMANDS = pytest.mark.parametrize("name", ["import", "tag", "review"])


def moved(root, name, target, link=None):
    """Move a file of the content elsewhere, and leave a link to it."""
    path = root / "content" / name
    path.rename(target)
    path.symlink_to(link or os.path.relpath(target, path.parent))
    return path


@COMMANDS
@pytest.mark.parametrize("mode", [0o644, 0o664, 0o600])
def test_a_file_that_is_changed_keeps_its_permissions(root, name, mode):
    path = root / "content/papers/sparse-trees.md"
    path.chmod(mode)
    before = path.read_text()
    assert command(root, name) == 0
    assert path.read_text() != before
    assert stat.S_IMODE(path.stat().st_mode) == mode


@COMMANDS
def test_a_link_within_the_archive_stays_and_the_original_changes(root, name):
    original = root / "content/originals/trees.md"
    path = moved(root, "papers/sparse-trees.md", original)
    before = original.read_text()
    assert command(root, name) == 0
    assert path.is_symlink()
    assert original.read_text() != before
    assert [found.name for found in original.parent.iterdir()] == ["trees.md"]


@COMMANDS
@pytest.mark.parametrize("link", [None, "nowhere.md", "sparse-trees.md"])
def test_a_link_out_of_the_archive_or_to_nothing_is_never_written(root, name, link, capsys):
    original = root.parent / "outside.md"
    path = moved(root, "papers/sparse-trees.md", original, link)
    before = original.read_bytes()
    assert command(root, name) in (1, 3)
    why = "leads nowhere" if link else "leads out of the archive"
    assert f"papers/sparse-trees.md: is a link that {why}: " in capsys.readouterr().err
    assert path.is_symlink()
    assert original.read_bytes() == before
    assert not (path.parent / "nowhere.md").exists()


@COMMANDS
@pytest.mark.parametrize("what", ["read-only", "pipe"])
def test_what_may_not_be_written_is_refused(root, name, what, capsys):
    path = root / "content/papers/sparse-trees.md"
    if what == "pipe":
        path.unlink()
        os.mkfifo(path)
    else:
        path.chmod(0o444)
    before = files_of(root / "content")
    status = command(root, name)
    why = (
        "is not a regular file: remove it"
        if what == "pipe"
        else "is read-only: allow yourself to write to it"
    )
    assert f"papers/sparse-trees.md: {why}" in capsys.readouterr().err
    if what == "read-only":
        assert (status, files_of(root / "content")) == (3, before)
    assert stat.S_ISFIFO(path.stat().st_mode) == (what == "pipe")


@COMMANDS
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_another_stays_that_others(root, name):
    path = root / "content/papers/sparse-trees.md"
    os.chown(path, 1234, 5678)
    before = path.read_text()
    assert command(root, name) == 0
    assert path.read_text() != before
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


@COMMANDS
@pytest.mark.parametrize("file", ["imports.lock", "review.yaml"])
def test_the_imports_own_files_are_written_through_links_and_not_out_of_the_archive(root, name, file, capsys):
    original = root / "content/originals/kept"
    path = moved(root, file, original)
    assert command(root, name) == 0
    assert path.is_symlink()
    if (name, file) != ("review", "review.yaml"):
        assert original.read_text().strip()
    path.unlink()
    path.symlink_to("../../outside")
    original.rename(root.parent / "outside")
    (root / "content/scraped/0.txt").write_text(dump_a(("Sparse Trees", TEXT), ("Rivers", OTHER)))
    before = files_of(root.parent)
    assert command(root, "import") == 2
    assert f"content/{file}: {OUT}" in capsys.readouterr().err
    assert files_of(root.parent) == before
    assert path.is_symlink()
    assert (root.parent / "outside").read_bytes() == before["outside"][1]


def test_a_review_list_that_is_a_link_is_emptied_and_used_again(root):
    original = root / "content/originals/kept.yaml"
    path = moved(root, "review.yaml", original)
    assert command(root, "review") == 0
    assert path.is_symlink()
    assert "texts" not in original.read_text()
    assert main(["review", "--root", str(root)]) == 0
    (root / "content/scraped/2.txt").write_text(dump_a(("Sparse Trees", OTHER.replace("nine", "ten"))))
    assert import_into(root, root / "content/scraped/2.txt") == 0
    assert "texts" in original.read_text()


def test_the_taxonomy_is_written_through_links(root):
    taxonomy = moved(root, "tags.yaml", root / "content/originals/tags.yaml")
    assert main(["tag", "rename", "trees", "woods", "--root", str(root)]) == 0
    assert taxonomy.is_symlink()
    assert "- tag: woods" in (root / "content/originals/tags.yaml").read_text()
    moved(root, "tags.yaml", root / "content/originals/twice.yaml")
    (root / "content/originals/twice.yaml").unlink()
    assert main(["tag", "rename", "woods", "trees", "--root", str(root)]) != 0


def test_all_that_may_not_be_written_is_named_before_anything_is(root, capsys):
    dump = root / "content/scraped/0.txt"
    dump.write_text(
        dump_a(("Sparse Trees", TEXT + " And more."), ("Rivers", "Of sand and water, and much else."))
    )
    (root / "content/papers/sparse-trees.md").chmod(0o444)
    (root / "content/imports.lock").chmod(0o444)
    before = files_of(root.parent)
    assert command(root, "import") == 3
    assert capsys.readouterr().err.splitlines() == [
        "content/papers/sparse-trees.md: is read-only: allow yourself to write to it",
        "content/imports.lock: is read-only: allow yourself to write to it",
    ]
    assert files_of(root.parent) == before


def test_the_next_run_removes_what_a_killed_one_left_beside_an_original(root, monkeypatch):
    original = root / "content/originals/trees.md"
    moved(root, "papers/sparse-trees.md", original)

    def stop(_texts):
        (original.parent / ".regesta-1-0.tmp").write_text("half")
        raise SystemExit(137)

    with monkeypatch.context() as context:
        context.setattr("regesta.content.changes.write_all", stop)
        with pytest.raises(SystemExit):
            command(root, "tag")
    assert command(root, "tag") == 0
    assert [found.name for found in original.parent.iterdir()] == ["trees.md"]
