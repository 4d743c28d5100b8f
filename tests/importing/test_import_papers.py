"""The import as a curator sees it: from dumps to files, again and again, here and in a fresh clone."""

import io
import json
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from helpers import (
    FIXTURES,
    REPOSITORY,
    authors,
    check_golden,
    clone,
    dump_a,
    dump_b,
    files_of,
    import_into,
    new_root,
)

DUMPS = FIXTURES / "dumps"
TREES = "sparse-trees-for-dense-forests"
TAGS = """\
- {tag: trees, label: Trees, phrases: [tree]}
- {tag: forests, label: Forests, phrases: [dense forest]}
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return an archive with dumps that are not imported yet; the day stays the same."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")  # 2026-11-20
    root = new_root(tmp_path / "archive", tags=TAGS)
    shutil.copytree(DUMPS / "whole", root / "content" / "scraped")
    return root


@pytest.fixture
def imported(root, capsys):
    """Return the same archive, its dumps imported."""
    assert import_into(root, root / "content" / "scraped") == 0
    capsys.readouterr()
    return root


def paper_file(root, name=TREES):
    return root / "content" / "papers" / f"{name}.md"


def edit(root, old, new, name=TREES):
    path = paper_file(root, name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def imported_again(root, capsys, *options):
    """Import the dumps again; return the exit status, the output, and the lines of the error output."""
    status = import_into(root, root / "content" / "scraped", options=options)
    captured = capsys.readouterr()
    return status, captured.out.strip(), captured.err.splitlines()


def test_the_first_import_writes_papers_collections_and_the_lock(root, capsys):
    (root / "content" / "tags.yaml").unlink()
    assert import_into(root, root / "content" / "scraped") == 0
    assert capsys.readouterr().out == "imported: found 14 = 12 new + 2 merged\n"
    made = {
        path: data.decode()
        for path, (_, data) in files_of(root / "content").items()
        if path.startswith(("papers", "collections", "imports"))
    }
    check_golden("imported", made)


def test_importing_again_rewrites_no_file(imported, capsys):
    before = files_of(imported / "content")
    assert imported_again(imported, capsys) == (0, "imported: found 14 = 12 unchanged + 2 merged", [])
    assert files_of(imported / "content") == before


#: Imports, and prints how often each paper file was opened for reading.
COUNT_READS = """
import json, os, sys
from collections import Counter

read = Counter()

def count(event, arguments):
    if event == "open" and "papers" in str(arguments[0]) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        read[os.path.basename(arguments[0])] += 1

from regesta.cli import main

sys.addaudithook(count)
status = main(["import", "content/scraped"])
print(json.dumps(read))
raise SystemExit(status)
"""


def reads_of_an_import(root):
    """Import in a process of its own; return the summary, and how often each paper file was read."""
    run = subprocess.run(
        [sys.executable, "-c", COUNT_READS], cwd=root, capture_output=True, text=True, check=True
    )
    summary, reads = run.stdout.splitlines()
    return summary, {name: count for name, count in json.loads(reads).items() if name.endswith(".md")}


def test_a_paper_file_is_read_once_and_again_only_if_it_changed(imported):
    names = {path.name for path in (imported / "content/papers").iterdir()}
    trees = {f"{TREES}.md": 1}
    assert reads_of_an_import(imported) == (
        "imported: found 14 = 12 unchanged + 2 merged",
        dict.fromkeys(names, 1),
    )
    assert reads_of_an_import(imported) == ("imported: found 14 = 12 unchanged + 2 merged", {})
    edit(imported, "title: Sparse Trees for Dense Forests", "title: Sparse Trees, Annotated")
    assert reads_of_an_import(imported) == ("imported: found 14 = 11 unchanged + 2 merged + 1 kept", trees)
    text = (imported / "content/scraped/011_layout_b.txt").read_text(encoding="utf-8")
    later = text[: text.index("A Ledger of")].replace("Sep 12 4", "Sep 12 9")
    (imported / "content/scraped/013_later.txt").write_text(later, encoding="utf-8")
    summary, reads = reads_of_an_import(imported)
    assert summary == "imported: found 15 = 1 updated + 11 unchanged + 3 merged"
    assert reads.keys() == trees.keys()
    assert reads_of_an_import(imported)[1] == trees


def test_the_day_of_the_first_import_stays(imported, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    imported_again(imported, capsys)
    assert 'added: "2026-11-20"' in paper_file(imported).read_text(encoding="utf-8")


def test_the_order_of_files_does_not_matter(root, tmp_path):
    dumps = sorted((root / "content" / "scraped").iterdir())
    other = clone(root, tmp_path / "other")
    import_into(root, *dumps)
    import_into(other, *(other / "content" / "scraped" / path.name for path in reversed(dumps)))
    assert {path: data for path, (_, data) in files_of(root).items()} == {
        path: data for path, (_, data) in files_of(other).items()
    }


def test_one_dump_after_the_other_makes_the_same_papers(root, tmp_path):
    dumps = sorted(path.name for path in (root / "content" / "scraped").iterdir())
    other = clone(root, tmp_path / "other")
    import_into(root, root / "content" / "scraped")
    for name in dumps:
        import_into(other, other / "content" / "scraped" / name)
    assert {path: data for path, (_, data) in files_of(root / "content/papers").items()} == {
        path: data for path, (_, data) in files_of(other / "content/papers").items()
    }


@pytest.mark.parametrize("name", ["010_layout_a.txt", "011_layout_b.txt", "012_layout_b_bare.txt"])
def test_importing_one_dump_again_shrinks_nothing(imported, name, capsys):
    before = files_of(imported / "content")
    assert import_into(imported, imported / "content" / "scraped" / name) == 0
    assert "updated" not in capsys.readouterr().out
    assert files_of(imported / "content") == before


def test_edits_are_kept_in_a_fresh_clone_and_reported(imported, tmp_path, capsys):
    edit(
        imported,
        "title: Sparse Trees for Dense Forests",
        "title: Sparse Trees, Annotated  # as printed\n# reviewed in May",
    )
    edit(imported, "tags: [trees, forests]", "tags: [forests, mine]")
    edit(imported, "Forests of decision trees are accurate", "Our forests are accurate")
    edit(imported, 'links: {code: "https://github.com/ada-example/folds"}\n', "", "7-ways-to-fold-a-map")
    fresh = clone(imported, tmp_path / "clone")
    before = files_of(fresh / "content/papers")
    status, output, remarks = imported_again(fresh, capsys)
    assert (status, output) == (0, "imported: found 14 = 10 unchanged + 2 merged + 2 kept")
    assert sorted(remarks) == [
        "7-ways-to-fold-a-map: kept as edited by hand: links",
        f"{TREES}: kept as edited by hand: title, tags, abstract",
    ]
    assert files_of(fresh / "content/papers") == before


def test_an_edited_paper_still_learns_what_is_new(imported, capsys):
    edit(imported, "title: Sparse Trees for Dense Forests", "title: Sparse Trees, Annotated  # as printed")
    text = (imported / "content/scraped/011_layout_b.txt").read_text(encoding="utf-8")
    (imported / "content/scraped/013_later.txt").write_text(
        text.replace("Sep 12 4", "Sep 12 9"), encoding="utf-8"
    )
    before = paper_file(imported).read_text(encoding="utf-8")
    status, output, remarks = imported_again(imported, capsys)
    assert status == 0
    assert "updated" in output
    assert f"{TREES}: kept as edited by hand: title" in remarks
    after = paper_file(imported).read_text(encoding="utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed == [
        "collections: [scrape-010, scrape-011, scrape-013]",
        "comments: 9",
        "  - {file: scraped/013_later.txt, line: 13}",
    ]


def test_a_moved_and_renamed_file_is_found_by_its_id(imported, capsys):
    folder = imported / "content/papers/reviewed"
    folder.mkdir()
    paper_file(imported).rename(folder / "any name.md")
    before = files_of(imported / "content/papers")
    assert imported_again(imported, capsys) == (0, "imported: found 14 = 12 unchanged + 2 merged", [])
    assert files_of(imported / "content/papers") == before


def test_a_deleted_paper_stays_deleted_in_a_fresh_clone_until_it_is_restored(imported, tmp_path, capsys):
    text = paper_file(imported).read_text(encoding="utf-8")
    paper_file(imported).unlink()
    fresh = clone(imported, tmp_path / "clone")
    status, output, remarks = imported_again(fresh, capsys)
    assert (status, output) == (0, "imported: found 14 = 11 unchanged + 2 merged + 1 kept")
    assert remarks == [f"{TREES}: stays deleted (--restore brings it back)"]
    assert not paper_file(fresh).exists()
    assert (
        imported_again(fresh, capsys, "--restore")[1]
        == "imported: found 14 = 1 new + 11 unchanged + 2 merged"
    )
    assert paper_file(fresh).read_text(encoding="utf-8") == text


def test_a_dry_run_writes_nothing(root, capsys):
    before = files_of(root)
    status, output, remarks = imported_again(root, capsys, "--dry-run")
    *papers, summary = output.splitlines()
    assert (status, summary, remarks) == (0, "would import: found 14 = 12 new + 2 merged", [])
    assert len(papers) == 12
    assert "7-ways-to-fold-a-map: new: 7 Ways to Fold a Map" in papers
    assert files_of(root) == before


def test_a_locked_paper_is_left_alone(imported, capsys):
    edit(imported, "comments: 4", "comments: 1\nlock: true")
    (imported / "content/tags.yaml").write_text(TAGS.replace("[tree]", "[sparse]"), encoding="utf-8")
    before = paper_file(imported).read_bytes()
    assert "1 kept" in imported_again(imported, capsys)[1]
    assert paper_file(imported).read_bytes() == before


def test_a_new_taxonomy_changes_tags_that_nobody_edited(imported, capsys):
    edit(imported, "tags: [trees, forests]", "tags: [trees]")
    taxonomy = (
        TAGS
        + "- {tag: maps, label: Maps, phrases: [map]}\n- {tag: sparsity, label: Sparsity, phrases: [sparse]}\n"
    )
    (imported / "content/tags.yaml").write_text(taxonomy, encoding="utf-8")
    _, output, remarks = imported_again(imported, capsys)
    assert output == "imported: found 14 = 1 updated + 10 unchanged + 2 merged + 1 kept"
    assert remarks == [f"{TREES}: kept as edited by hand: tags"]
    assert "tags: [maps]\n" in paper_file(imported, "7-ways-to-fold-a-map").read_text(encoding="utf-8")
    assert "tags: [trees]\n" in paper_file(imported).read_text(encoding="utf-8")


def test_tags_of_a_curator_for_a_paper_without_any_are_kept(imported, capsys):
    name = "clay-models-that-remember-their-shape"
    edit(imported, "collections:", "tags: [clay]\ncollections:", name)
    (imported / "content/tags.yaml").write_text(TAGS.replace("[tree]", "[clay]"), encoding="utf-8")
    imported_again(imported, capsys)
    assert "tags: [clay]\n" in paper_file(imported, name).read_text(encoding="utf-8")


def test_a_collection_that_the_curator_wrote_stays(imported, capsys):
    path = imported / "content/collections/scrape-010.md"
    path.write_text("---\ntitle: Papers about trees\n---\nMine.\n", encoding="utf-8")
    imported_again(imported, capsys)
    assert path.read_text(encoding="utf-8") == "---\ntitle: Papers about trees\n---\nMine.\n"


def test_broken_dumps_are_reported_and_all_else_is_imported(root, capsys):
    shutil.copytree(DUMPS / "broken", root / "content" / "scraped", dirs_exist_ok=True)
    (root / "content/scraped/latin1.txt").write_bytes(dump_a(("A title", "An émigré.")).encode("latin-1"))
    (root / "content/scraped/page.pdf").write_bytes(b"%PDF-1.7\x00")
    assert import_into(root, root / "content" / "scraped") == 1
    captured = capsys.readouterr()
    assert captured.out == "imported: found 55 = 12 new + 23 merged + 20 refused\n"
    check_golden("refused", {"messages.txt": captured.err})


def test_the_report_for_scripts_names_each_entry_once(root, capsys):
    shutil.copy(DUMPS / "broken" / "strange_metadata.txt", root / "content" / "scraped")
    assert import_into(root, root / "content" / "scraped", options=["--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (
        report["found"]
        == 19
        == sum(report[name] for name in ("new", "updated", "unchanged", "merged", "kept", "refused"))
    )
    assert report["problems"][0] == {
        "file": "content/scraped/strange_metadata.txt",
        "line": 25,
        "what": "metadata that cannot be read",
        "remedy": "expected authors or an organization, a dot, and a date; this entry was left out",
    }


def test_the_command_ends_with_its_status(root):
    run = subprocess.run(
        [sys.executable, "-m", "regesta", "import", "content/scraped", str(DUMPS / "broken" / "empty.txt")],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "imported: found 15 = 12 new + 2 merged + 1 refused\n")
    assert run.stderr == "empty.txt:1: is empty: scrape the page again\n"


def test_a_path_that_does_not_exist_is_wrong_use(root, capsys):
    before = files_of(root)
    assert import_into(root, root / "content/scraped", root / "nowhere") == 2
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith(
            "nowhere: does not exist: name files or folders of papers, patterns such as *.bib, or - for standard input"
        )
    )
    assert files_of(root) == before


def test_a_broken_lock_stops_the_import(imported, capsys):
    lock = imported / "content/imports.lock"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")
    before = files_of(imported)
    assert imported_again(imported, capsys) == (
        2,
        "",
        ["content/imports.lock:1: is not a line of an import lock: restore the file from Git"],
    )
    assert files_of(imported) == before


def test_a_broken_paper_file_is_reported_and_not_written_again(imported, capsys):
    paper_file(imported).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    status, output, remarks = imported_again(imported, capsys)
    assert (status, output) == (1, "imported: found 14 = 11 unchanged + 2 merged + 1 kept")
    assert remarks[0].startswith(f"content/papers/{TREES}.md:")
    assert remarks[1:] == [f"{TREES}: its file cannot be read"]
    assert paper_file(imported).read_text(encoding="utf-8") == "---\ntitle: [\n---\n"


AWKWARD = [
    (
        "On Ties~and\\,Thin Spaces",
        "\\, An abstract that begins thin, and https://a.example/it's/%C3%A9 in it.",
    ),
    ("2410.21060", "- a dash begins this abstract, and $5 and $6 end it."),
    ("no", "--- three dashes begin this one. A note.\u2028And more."),
    ("基于 BERT 的分类", "See https://[anonymous] for code."),
    ("利用 BERT 的翻译", "Another paper with one Latin word in its title."),
    ("CON", "A device under Windows."),
    ("???", "Questions only."),
]


@pytest.mark.parametrize("name", ["Cafe\u0301 (1).txt", "two  blanks.txt", "sub folder/日本.txt"])
def test_awkward_papers_in_awkward_files_settle_at_once(tmp_path, name, capsys):
    root = new_root(tmp_path)
    dump = root / "content" / "scraped" / name
    dump.parent.mkdir(parents=True)
    dump.write_text(dump_b(*((*entry, authors(1, "Jan 2, 2024")) for entry in AWKWARD)), encoding="utf-8")
    assert import_into(root, dump) == 0
    before = files_of(root)
    assert import_into(root, dump) == 0
    assert capsys.readouterr().out.splitlines() == [
        "imported: found 7 = 7 new",
        "imported: found 7 = 7 unchanged",
    ]
    assert files_of(root) == before


@pytest.mark.slow
def test_the_committed_archive_is_what_its_dumps_say(tmp_path, capsys):
    root = tmp_path / "archive"
    shutil.copytree(REPOSITORY / "content", root / "content")
    before = files_of(root)
    assert import_into(root, root / "content" / "scraped", options=["--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["found"] == report["unchanged"] + report["merged"] + report["kept"]
    assert report["merged"] == 27
    assert files_of(root) == before


def test_a_lost_lock_stops_the_import_before_edits_are(imported, capsys):
    edit(imported, "title: Sparse Trees for Dense Forests", "title: Sparse Trees, Annotated")
    (imported / "content/imports.lock").unlink()
    before = files_of(imported)
    assert imported_again(imported, capsys) == (
        2, "", ["content/imports.lock: is missing, and with it the memory of what people edited: restore it from Git; if it is lost for good, make an empty file of that name: then all that papers hold counts as yours"],
    )  # fmt: skip
    assert files_of(imported) == before


def test_a_changed_id_keeps_its_edits(imported, capsys):
    edit(
        imported,
        f"id: {TREES}\ntitle: Sparse Trees for Dense Forests",
        "id: sparse-trees\ntitle: Sparse Trees, Annotated\naliases: [" + TREES + "]",
    )
    paper_file(imported).rename(paper_file(imported, "sparse-trees"))
    status, output, remarks = imported_again(imported, capsys)
    assert (status, output) == (0, "imported: found 14 = 11 unchanged + 2 merged + 1 kept")
    assert "sparse-trees: kept as edited by hand: title" in remarks[0]
    assert not paper_file(imported).exists()


@pytest.mark.slow
def test_the_run_after_one_that_was_cut_off_ends_its_work(root, capsys, monkeypatch):
    """After any number of files: what the killed run wrote is not taken for edits, and nothing exists twice."""
    whole = clone(root, root.parent / "whole")
    assert import_into(whole, whole / "content" / "scraped") == 0
    for reached in range(13):
        broken = clone(root, root.parent / f"broken-{reached}")
        cut_off(monkeypatch, broken, reached)
        (broken / "content/tags.yaml").write_text(TAGS.replace("[tree]", "[sparse]"), encoding="utf-8")
        assert import_into(broken, broken / "content" / "scraped") == 0
        assert "kept" not in capsys.readouterr().out
        (broken / "content/tags.yaml").write_text(TAGS, encoding="utf-8")
        assert import_into(broken, broken / "content" / "scraped") == 0
        assert texts_of(broken) == texts_of(whole)


def texts_of(root):
    return {path: data for path, (_, data) in files_of(root / "content").items()}


def cut_off(monkeypatch, root, reached):
    """Import, and be killed after some papers, leaving the temporary file of the next one."""
    from regesta.content import changes

    with monkeypatch.context() as context:

        def write_some(texts, really=changes.write_all):
            really([*texts][:reached])
            (root / "content/papers/.regesta-left.tmp").write_text("half", encoding="utf-8")
            raise SystemExit(137)

        context.setattr(changes, "write_all", write_some)
        if reached < 12:
            with pytest.raises(SystemExit):
                import_into(root, root / "content" / "scraped")


def test_what_would_change_in_a_paper_and_why_not_is_explained(imported, capsys):
    edit(imported, "title: Sparse Trees for Dense Forests", "title: Sparse Trees, Annotated")
    (imported / "content/tags.yaml").write_text(TAGS.replace("[tree]", "[leaf]"), encoding="utf-8")
    before = files_of(imported)
    status, output, _ = imported_again(imported, capsys, "--explain", TREES)
    assert (status, output.splitlines()) == (
        0,
        [
            f'{TREES}: title kept as edited by hand: "Sparse Trees, Annotated" -> "Sparse Trees for Dense Forests"',
            f"{TREES}: tags written: -trees",
        ],
    )
    assert imported_again(imported, capsys, "--explain", "clay-models-that-remember-their-shape")[1].endswith(
        "nothing that was read would change it"
    )
    assert imported_again(imported, capsys, "--explain", "no-such-paper")[0] == 2
    assert files_of(imported) == before


def test_papers_that_a_person_merged_stay_merged(imported, tmp_path, capsys):
    """A person deleted one file, and wrote its id into the other's aliases."""
    other = "7-ways-to-fold-a-map"
    paper_file(imported, other).unlink()
    edit(imported, "origin:", f"aliases: [{other}]\norigin:")
    fresh = clone(imported, tmp_path / "clone")
    before = paper_file(fresh).read_text(encoding="utf-8")
    status, output, _ = imported_again(fresh, capsys)
    assert (status, "kept" in output, "new" in output) == (0, False, False)
    assert not paper_file(fresh, other).exists()
    assert paper_file(fresh).read_text(encoding="utf-8").splitlines()[:3] == before.splitlines()[:3]
    again = files_of(fresh / "content")
    imported_again(fresh, capsys)
    assert files_of(fresh / "content") == again


def test_a_paper_that_cannot_be_read_is_not_restored_beside_itself(imported, capsys):
    paper_file(imported).rename(imported / "content/papers/renamed.md")
    path = imported / "content/papers/renamed.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "title: [", 1), encoding="utf-8")
    paper_file(imported, "7-ways-to-fold-a-map").unlink()
    status, output, remarks = imported_again(imported, capsys, "--restore")
    assert (status, output) == (1, "imported: found 14 = 1 new + 10 unchanged + 2 merged + 1 kept")
    assert f"{TREES}: its file cannot be read" in remarks


def test_a_lost_lock_may_be_begun_anew_and_then_all_is_the_curators(imported, capsys):
    edit(imported, "comments: 4", "comments: 1")
    (imported / "content/imports.lock").write_bytes(b"")
    before = paper_file(imported).read_bytes()
    status, output, remarks = imported_again(imported, capsys)
    assert (status, output) == (0, "imported: found 14 = 11 unchanged + 2 merged + 1 kept")
    assert remarks == [f"{TREES}: kept as edited by hand: comments"]
    assert paper_file(imported).read_bytes() == before


def test_standard_input_and_patterns_are_read(root, capsys, monkeypatch):
    monkeypatch.setattr(
        "sys.stdin", SimpleNamespace(buffer=io.BytesIO((DUMPS / "whole" / "010_layout_a.txt").read_bytes()))
    )
    assert import_into(root, "-") == 0
    assert capsys.readouterr().out.startswith("imported: found ")
    assert "origin:\n  - {file: standard input, line: 3}" in "".join(
        path.read_text(encoding="utf-8") for path in (root / "content/papers").glob("*.md")
    )
    assert import_into(root, root / "content" / "scraped" / "01[12]*.txt") == 0


def test_a_source_may_be_named_and_an_encoding_too(root, capsys):
    path = root / "latin.txt"
    path.write_bytes(dump_a(("A title", "An émigré writes.")).encode("latin-1"))
    assert import_into(root, path) == 1
    assert import_into(root, path, options=["--encoding", "latin-1", "--as", "huggingface-text"]) == 0
    assert "émigré" in paper_file(root, "a-title").read_text(encoding="utf-8")
    capsys.readouterr()
    assert import_into(root, path, options=["--as", "parchment"]) == 2
    assert "--as: 'parchment' is not a source: name one of huggingface-text" in capsys.readouterr().err
