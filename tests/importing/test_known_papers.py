"""An import remembers the papers of the archive: whatever it remembers, it does what it would do without that."""

import random
import shutil
import sqlite3

import pytest

from helpers import FIXTURES, clone, files_of, import_into, new_root
from regesta.content.paper_files import load_papers

BROKEN = "- [\n"


@pytest.fixture
def root(tmp_path, monkeypatch, capsys):
    """Return an archive into which dumps were imported."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")  # 2026-11-20
    root = new_root(tmp_path / "archive")
    shutil.copytree(FIXTURES / "dumps" / "whole", root / "content" / "scraped")
    import_into(root, root / "content" / "scraped")
    capsys.readouterr()
    return root


def outcome(root, capsys, dump):
    """Import a dump; return the exit status, what was said, and what the content is then."""
    status = import_into(root, dump)
    said = capsys.readouterr()
    return status, said.out, said.err, {name: data for name, (_, data) in files_of(root / "content").items()}


def memory_of(root):
    return root / ".regesta" / "import.db"


def without_memory(root, place):
    """Return a copy of an archive, as a fresh clone."""
    shutil.rmtree(place, ignore_errors=True)
    return clone(root / "content", place / "content").parent


def edit_some(root, chance):
    """Change some papers as a curator may."""
    for path in chance.sample(sorted((root / "content/papers").glob("*.md")), 4):
        text = path.read_text("utf-8")
        others = sorted(root.glob("content/papers/*.md"))
        edits = {
            "delete": None,
            "title": text.replace("title: ", "title: My ", 1),
            "words": text.replace(" the ", " these ", 3),
            "break": BROKEN,
            "rename": text.replace("\nid: ", f"\naliases: [{path.stem}]\nid: my-", 1),
            "alias": text.replace("\nid: ", f"\naliases: [taken, {chance.choice(others).stem}]\nid: ", 1),
            "twin": text,
        }
        kind = chance.choice([*edits])
        target = path.with_name(f"copy-of-{path.name}") if kind == "twin" else path
        target.unlink(missing_ok=True)
        if edits[kind] is not None:
            target.write_text(edits[kind], "utf-8")


def entries(root, chance):
    """Return BibTeX of some papers as they are now, with other titles, texts or none of both, and of a new one."""
    papers = [file.paper for file in load_papers(root / "content/papers")[0]]
    chosen = chance.sample(papers, min(4, len(papers)))
    changed = [
        (
            chance.choice([paper.title, f"On {paper.title}"]),
            chance.choice([paper.abstract, paper.abstract[: len(paper.abstract) // 2], ""]),
        )
        for paper in chosen
    ]
    new = f"Paper {chance.random()}"
    return "".join(
        f"@misc{{a{number}, title = {{{title}}}, abstract = {{{abstract}}}}}\n"
        for number, (title, abstract) in enumerate([*changed, (new, f"What {new} says.")])
    )


@pytest.mark.parametrize("seed", range(6))
def test_an_import_does_the_same_with_and_without_a_memory(root, tmp_path, capsys, seed):
    chance = random.Random(seed)
    for _ in range(3):
        edit_some(root, chance)
        dump = root / "content/scraped/more.bib"
        dump.write_text(entries(root, chance), "utf-8")
        fresh = without_memory(root, tmp_path / "fresh")
        expected = outcome(fresh, capsys, fresh / "content/scraped")
        assert outcome(root, capsys, root / "content/scraped") == expected


def test_a_paper_is_found_by_what_its_file_says_now(root, tmp_path, capsys):
    dump, path = tmp_path / "more.bib", min((root / "content/papers").glob("*.md"))
    dump.write_text("@misc{a, title = {Never Seen Before}}\n", "utf-8")
    outcome(root, capsys, dump)  # all papers are looked through
    text = path.read_text("utf-8")
    path.write_text(text.replace("\ntitle: ", "\ntitle: Retitled ", 1), "utf-8")
    title = text.partition("\ntitle: ")[2].partition("\n")[0].strip('"')
    dump.write_text(f"@misc{{a, title = {{Retitled {title}}}}}\n", "utf-8")
    assert outcome(root, capsys, dump)[1] == "imported: found 1 = 1 for review\n"


@pytest.mark.parametrize("place", [0, 2000, 5000, 30_000])
def test_a_damaged_memory_is_made_anew(root, tmp_path, capsys, place):
    dump = tmp_path / "more.bib"
    dump.write_text(entries(root, random.Random(1)), "utf-8")
    fresh = without_memory(root, tmp_path / "fresh")
    outcome(root, capsys, root / "content/scraped")
    with memory_of(root).open("r+b") as file:
        file.seek(place)
        file.write(b"\xa5" * 3000)
    assert outcome(root, capsys, dump) == outcome(fresh, capsys, dump)
    assert sqlite3.connect(memory_of(root)).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_memory_that_another_program_holds_is_not_used(root, capsys):
    held = sqlite3.connect(memory_of(root), isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    assert outcome(root, capsys, root / "content/scraped")[:2] == (
        0,
        "imported: found 14 = 12 unchanged + 2 merged\n",
    )
    held.close()


def test_an_edit_of_a_broken_file_is_an_edit(root, capsys):
    """What is wrong with the file stays the same, but it has another id: the paper is gone, and stays so."""
    path = min((root / "content/papers").glob("*.md"))
    stem = path.stem
    path = path.rename(path.with_name("moved.md"))
    path.write_text(f"---\nid: {stem}\nadded: [\n", "utf-8")
    _, _, first, _ = outcome(root, capsys, root / "content/scraped")
    outcome(root, capsys, root / "content/scraped")
    path.write_text("---\nid: other\nadded: [\n", "utf-8")
    _, _, second, _ = outcome(root, capsys, root / "content/scraped")
    assert f"{stem}: its file cannot be read" in first
    assert f"{stem}: stays deleted" in second
