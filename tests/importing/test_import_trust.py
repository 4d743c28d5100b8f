"""Attempts to mislead the import: nothing is lost, mixed up, taken for an edit, or written unreadably."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from helpers import clone, files_of, new_root
from regesta.cli import main
from regesta.content.imports_lock import load_lock
from regesta.content.paper_files import load_papers
from regesta.importing.review import load_review

pytestmark = pytest.mark.slow

CATS = (
    "A text about cats and their long lives in the city of Rome in winter, when the tourists have gone home."
)
QUARKS = (
    "Quantum chromodynamics on lattices with twisted mass fermions at finite temperature and at zero density."
)


@pytest.fixture
def root(tmp_path):
    root = new_root(tmp_path / "archive")
    (root / "content" / "scraped").mkdir()
    return root


@pytest.fixture
def run(root, capsys):
    """Return a function that runs a command in the archive and returns the exit status and the last line."""

    def command(name, *arguments, at=root):
        status = main([name, *map(str, arguments), "--root", str(at)])
        captured = capsys.readouterr()
        command.remarks = captured.err
        return status, captured.out.strip().split("\n")[-1]

    return command


def bib(root, text, name="a.bib"):
    path = root / "content" / "scraped" / name
    path.write_text(text, encoding="utf-8")
    return path


def jsonl(root, *entries, name="a.jsonl"):
    return bib(root, "".join(json.dumps(entry) + "\n" for entry in entries), name)


def papers(root):
    files, problems = load_papers(root / "content" / "papers")
    assert problems == []
    return {file.paper.id: file.paper for file in files}


def edit(root, name, *changes):
    path = root / "content" / "papers" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


EDITORIALS = "".join(
    f"@article{{{key}, title={{Editorial}}, author={{{name}}}, journal={{J {key}}}, year={year}, doi={{10.1000/{key}}}}}\n"
    for key, name, year in (
        ("a", "Ann Aa", 2010),
        ("b", "Bob Bb", 2015),
        ("c", "Cyd Cc", 2020),
        ("d", "Dan Dd", 2023),
    )
)


def test_new_papers_of_one_title_and_no_abstract_each_get_a_file(root, run):
    dump = bib(root, EDITORIALS)
    assert run("import", dump) == (0, "imported: found 4 = 1 new + 3 for review")
    assert run("review", "all", "--new") == (0, "settled: found 3 = 3 new")
    assert len(papers(root)) == 4
    assert run("import", dump) == (0, "imported: found 4 = 4 unchanged")
    fresh = clone(root, root.parent / "clone")
    assert run("import", fresh / "content/scraped", at=fresh) == (0, "imported: found 4 = 4 unchanged")


def test_new_papers_settled_one_by_one_get_a_file_each(root, run):
    run("import", bib(root, EDITORIALS))
    for count in (3, 2, 1):
        assert len(load_review(root / "content")) == count
        assert run("review", load_review(root / "content")[0].name, "--new") == (
            0,
            "settled: found 1 = 1 new",
        )
    assert len(papers(root)) == 4


def test_another_paper_on_the_line_of_one_that_was_renamed_is_not_mixed_into_it(root, run):
    run("import", bib(root, "@article{a, title={Deep nets}, author={Ann Aa}, year=2010}\n"))
    edit(root, "deep-nets", ("id: deep-nets", "id: x-nets"), ("title: Deep nets", "title: My retitled nets"))
    whales = f"@article{{w, title={{Whale songs of the north}}, author={{Bob B and Cyd C}}, year=2024, doi={{10.1000/77}}, abstract={{{QUARKS}}}}}\n"
    status, _ = run(
        "import", bib(root, whales + "@article{a, title={Deep nets}, author={Ann Aa}, year=2010}\n")
    )
    found = papers(root)
    assert status == 0
    assert found["x-nets"].links == {}
    assert found["whale-songs-of-the-north"].abstract == QUARKS
    assert "cannot be read" not in run.remarks


def test_an_emptied_lock_mixes_nothing(root, run):
    run("import", bib(root, "@article{a, title={Deep nets}, author={Ann Aa}, year=2010}\n"))
    (root / "content" / "imports.lock").write_bytes(b"")
    run(
        "import",
        bib(
            root,
            "@article{w, title={Whales}, year=2024, doi={10.1000/77}}\n@article{a, title={Deep nets}, author={Ann Aa}, year=2010}\n",
        ),
    )
    assert set(papers(root)) == {"deep-nets", "whales"}


@pytest.mark.parametrize(
    "entries",
    [
        "@article{a, title={From the Editor}, author={Doe, Jane}, journal={J}, volume=12, year=2020, pages={1--2}}\n@article{b, title={From the Editor}, author={Doe, Jane}, journal={J}, volume=13, year=2021, pages={101--103}}\n",
        "@proceedings{a, title={Preface}, publisher={P}, year=2020, volume=1}\n@article{b, title={Preface}, journal={Other}, year=2020, volume=2}\n",
        "@article{a, title={Book Reviews}, journal={J}, number=1, url={https://x.example/1}, year=2020}\n@article{b, title={Book Reviews}, journal={J}, number=2, url={https://x.example/2}, year=2020}\n",
    ],
)
def test_what_was_printed_in_two_places_is_not_merged_without_asking(root, run, entries):
    assert run("import", bib(root, entries)) == (0, "imported: found 2 = 1 new + 1 for review")


def test_a_deleted_paper_does_not_swallow_another_of_its_title(root, run):
    cats = {"title": "Introduction", "abstract": CATS, "year": 1999, "authors": ["A Aa"]}
    run("import", jsonl(root, cats))
    (root / "content/papers/introduction.md").unlink()
    quarks = {
        "title": "Introduction",
        "abstract": QUARKS,
        "year": 2024,
        "authors": ["B Bb", "C Cc", "D Dd", "E Ee"],
    }
    assert run("import", jsonl(root, cats, quarks)) == (0, "imported: found 2 = 1 kept + 1 for review")
    assert "and that paper was deleted" in load_review(root / "content")[0].why
    assert run("review", "all", "--new") == (0, "settled: found 1 = 1 new")
    assert run("import", jsonl(root, cats, quarks)) == (0, "imported: found 2 = 1 unchanged + 1 kept")


TWO = "@article{b, title={Deep nets}, author={Zed Zz}, year=2019, doi={10.1000/2}, abstract={Something precious.}}\n"


def waiting(root, run):
    run("import", bib(root, "@article{a, title={Deep nets}, author={Ann Aa}, year=2010, doi={10.1000/1}}\n"))
    assert run("import", bib(root, TWO, "b.bib")) == (0, "imported: found 1 = 1 for review")


def test_a_review_that_is_cut_off_loses_no_entry(root, run, monkeypatch):
    waiting(root, run)
    (root / "content/scraped/b.bib").unlink()
    with monkeypatch.context() as context:
        context.setattr("regesta.content.changes.write_all", lambda _: sys.exit(137))
        with pytest.raises(SystemExit):
            main(["review", "all", "--new", "--root", str(root)])
    assert len(load_review(root / "content")) == 1
    assert run("review", "all", "--new") == (0, "settled: found 1 = 1 new")
    assert load_review(root / "content") == []


def test_an_entry_is_merged_into_the_paper_that_was_renamed_meanwhile(root, run):
    waiting(root, run)
    edit(root, "deep-nets", ("id: deep-nets", "id: deep-networks\naliases: [deep-nets]"))
    assert run("review", "all", "--same") == (0, "settled: found 1 = 1 updated")
    assert papers(root)["deep-networks"].abstract == "Something precious."


def test_an_entry_for_a_paper_that_does_not_exist_keeps_waiting(root, run):
    waiting(root, run)
    path = root / "content" / "review.yaml"
    for bad, status in (("gone", 2), ("../../evil", 2)):
        path.write_text(
            path.read_text(encoding="utf-8").replace("like: deep-nets", f"like: {bad}"), encoding="utf-8"
        )
        assert run("review", "all", "--same")[0] == status
        path.write_text(
            path.read_text(encoding="utf-8").replace(f"like: {bad}", "like: deep-nets"), encoding="utf-8"
        )
    assert len(load_review(root / "content")) == 1
    assert set(load_lock(root / "content" / "imports.lock", "lock")) == {"deep-nets"}


def test_an_entry_merged_of_several_copies_can_be_settled(root, run):
    run("import", bib(root, "@article{a, title={Deep nets}, author={Ann Aa}, year=2010, doi={10.1000/1}}\n"))
    copies = (
        "@article{b, title={Deep nets}, author={Zed Zz}, year=2019, doi={10.1000/2}}\n"
        "@article{b, title={Deep nets}, author={Zed Zz}, year=2019, eprint={1901.00001}, archiveprefix={arXiv}, doi={10.1000/2}, abstract={Something precious.}}\n"
        "@misc{b2, title={Deep nets}, author={Zed Zz and Yy Yy}, year=2019, eprint={1901.00001}, archiveprefix={arXiv}, abstract={Something more precious.}}\n"
    )
    assert run("import", bib(root, copies, "b.bib")) == (0, "imported: found 3 = 2 merged + 1 for review")
    assert run("review", "all", "--new") == (0, "settled: found 1 = 1 new")
    assert load_review(root / "content") == []
    assert run("import", root / "content/scraped/b.bib") == (0, "imported: found 3 = 1 unchanged + 2 merged")


INVISIBLE = "\u200b"


def test_a_value_that_shows_nothing_is_left_out_and_the_paper_can_be_read_again(root, run):
    entry = {
        "title": "Seen",
        "venue": INVISIBLE,
        "organization": INVISIBLE,
        "keywords": [INVISIBLE, "a"],
        "authors": [INVISIBLE, "Ada"],
        "citekey": "\u00ad",
    }
    dump = jsonl(root, entry)
    assert run("import", dump) == (0, "imported: found 1 = 1 new")
    paper = papers(root)["seen"]
    assert (paper.venue, paper.organization, paper.keywords, [author.name for author in paper.authors]) == (
        "",
        None,
        ("a",),
        ["Ada"],
    )
    fresh = clone(root, root.parent / "clone")
    assert run("import", fresh / "content/scraped", at=fresh) == (0, "imported: found 1 = 1 unchanged")


def test_what_no_paper_file_can_hold_is_refused_at_once(root, run):
    people = [
        {
            "given": f"Given Name Number {n} of the collaboration",
            "family": f"Family-{n}",
            "orcid": "0000-0002-1825-0097",
        }
        for n in range(9999)
    ]
    dump = jsonl(
        root, {"title": "Long doi", "doi": f"10.1234/{'<' * 700}"}, {"title": "Many", "authors": people}
    )
    status, output = run("import", dump)
    assert (status, output) == (1, "imported: found 2 = 1 new + 1 refused")
    assert "links.doi (1)" in run.remarks
    assert set(papers(root)) == {"long-doi"}


def test_private_addresses_stay_out(root, run):
    entry = {
        "title": "A",
        "pdf": "http://localhost:8080/a.pdf",
        "code": "https://me:secret@x.example/a",
        "project": "https://x.example/a?token=abc",
        "page": "https://x.example/",
    }
    run("import", jsonl(root, entry))
    assert papers(root)["a"].links == {"page": "https://x.example/"}


def test_what_a_source_once_agreed_with_stays_a_persons(root, run):
    entry = {"title": "A fine paper", "abstract": "One two three four five six seven.", "year": 2001}
    run("import", jsonl(root, entry))
    edit(root, "a-fine-paper", ("published:", "venue: NeurIPS\npublished:"))
    run("import", jsonl(root, entry | {"venue": "NeurIPS"}))
    run("import", jsonl(root, entry | {"venue": "arXiv preprint"}))
    assert papers(root)["a-fine-paper"].venue == "NeurIPS"
    assert "a-fine-paper: kept as edited by hand: venue" in run.remarks


SHORT = {"title": "Sparse trees for forests", "year": 2010, "authors": ["Ada Example"]}
LONG = {
    "title": "Sparse trees for very dense forests",
    "year": 2012,
    "venue": "Journal of Trees",
    "authors": ["A. Example"],
    "doi": "10.1000/9",
}


def test_the_paper_that_a_person_kept_of_two_keeps_its_values(root, run):
    dump = jsonl(root, SHORT, LONG)
    run("import", dump)
    (root / "content/papers/sparse-trees-for-very-dense-forests.md").unlink()
    edit(
        root,
        "sparse-trees-for-forests",
        ("origin:", "aliases: [sparse-trees-for-very-dense-forests]\norigin:"),
    )
    for _ in range(2):
        shutil.rmtree(root / ".regesta", ignore_errors=True)
        assert run("import", dump)[0] == 0
        (paper,) = papers(root).values()
        assert (paper.title, paper.published, [author.name for author in paper.authors]) == (
            "Sparse trees for forests",
            "2010",
            ["Ada Example"],
        )
        assert (paper.venue, paper.links) == ("Journal of Trees", {"doi": "https://doi.org/10.1000/9"}), (
            "what it lacked it may learn"
        )


def test_an_entry_that_a_person_joined_adds_and_changes_nothing_ever_after(root, run):
    dump = jsonl(
        root,
        {"title": "Doi one", "doi": "10.1000/abc"},
        {"title": "A second name, two two", "doi": "10.1000/abc", "venue": "V"},
    )
    run("import", dump)
    run("review", "all", "--same")
    (settled,) = papers(root).values()
    assert [place.line for place in settled.origin] == [1, 2]
    for _ in range(2):
        shutil.rmtree(root / ".regesta", ignore_errors=True)
        assert run("import", dump) == (0, "imported: found 2 = 1 unchanged + 1 merged")
        assert list(papers(root).values()) == [settled]


def test_two_files_of_one_name_outside_of_the_archive_do_not_spoil_each_other(root, run):
    for folder, people in (("x", ["Ann Aa", "Bob Bb"]), ("y", ["A. Aa", "B. Bb"])):
        (root / folder).mkdir()
        (root / folder / "refs.jsonl").write_text(
            json.dumps({"title": "Sparse Trees", "abstract": CATS, "authors": people}), encoding="utf-8"
        )
    for folder in ("x", "y", "x", "y"):
        run("import", root / folder / "refs.jsonl")
        assert [author.name for author in papers(root)["sparse-trees"].authors] == ["Ann Aa", "Bob Bb"]


def test_an_abstract_edited_by_hand_and_a_title_mended_by_the_source_make_no_second_paper(root, run):
    run("import", jsonl(root, {"title": "Pragmatic Look", "abstract": CATS}))
    edit(root, "pragmatic-look", (CATS, "What I think of it."))
    assert run("import", jsonl(root, {"title": "On a Pragmatic Look", "abstract": CATS})) == (
        0,
        "imported: found 1 = 1 updated",
    )
    assert papers(root)["pragmatic-look"].abstract == "What I think of it."


def test_the_account_is_the_same_with_and_without_notes(root, run):
    run("import", jsonl(root, {"title": "A fine paper", "abstract": "One two three.", "year": 2001}))
    edit(root, "a-fine-paper", ("title: A fine paper", "title: Mine"))
    dump = jsonl(root, {"title": "A fine paper", "abstract": "One two three four.", "year": 2001})
    assert run("import", dump) == (0, "imported: found 1 = 1 updated")
    assert run("import", dump) == (0, "imported: found 1 = 1 kept")
    shutil.rmtree(root / ".regesta")
    assert run("import", dump) == (0, "imported: found 1 = 1 kept")


def test_an_open_quotation_in_a_large_table_ends_at_once(root, run):
    dump = bib(root, 'title,abstract\n"a\n' + "x,y\n" * 60_000, "q.csv")
    status, output = run("import", dump)
    assert (status, output) == (1, "imported: found 1 = 1 refused")
    assert "has a quotation that is not closed" in run.remarks


def test_hidden_folders_and_strange_names_do_no_harm_and_pipes_are_told(run, tmp_path):
    folder = tmp_path / "mixed"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "x.jsonl").write_text('{"title": "Hidden"}')
    (folder / "a.jsonl").write_text('{"title": "Seen"}')
    (folder / os.fsdecode(b"bad\xff.jsonl")).write_text('{"title": "Strange"}')
    os.mkfifo(folder / "pipe.jsonl")
    assert run("import", folder) == (1, "imported: found 3 = 2 new + 1 refused")
    for pattern in ("*.jsonl", "**"):
        assert run("import", f"{folder}/{pattern}") == (1, "imported: found 3 = 2 unchanged + 1 refused")
        assert "pipe.jsonl: is not a regular file: name it itself to read it, or remove it" in run.remarks
    assert run("import", f"{folder}/**.jsonl")[0] == 2
    assert run("import", folder / "a.jsonl", "--encoding", "parchment")[0] == 2


def test_a_query_that_asks_for_nothing_changes_nothing(root, run):
    run("import", jsonl(root, {"title": "A"}, {"title": "B"}))
    before = files_of(root / "content")
    for query in ('""', "-", 'title:""', "title:???", "tag:", "year:2025..2001"):
        assert run("tag", "add", "x", "--query", query)[0] == 2
    assert files_of(root / "content") == before


@pytest.mark.parametrize(
    "text",
    [
        "- tag: aa\n  phrases: [x]\n# Section B\n- tag: bb\n",
        "  - tag: aa\n  - tag: bb\n",
        "[{tag: aa}, {tag: bb}]\n",
    ],
)
def test_a_taxonomy_is_merged_without_loss_or_not_at_all(root, run, text):
    path = root / "content" / "tags.yaml"
    path.write_text(text, encoding="utf-8")
    status, _ = run("tag", "merge", "aa", "bb")
    after = path.read_text(encoding="utf-8")
    assert (status == 0 and "# Section B" in after) or (
        status == 2 and after == text and "cannot be changed in place" in run.remarks
    )


def test_two_imports_at_once_wait_for_each_other(root):
    jsonl(
        root,
        *(
            {"title": f"Paper {n} of glass", "abstract": f"{n} {CATS}", "doi": f"10.1000/{n}"}
            for n in range(60)
        ),
    )
    command = [sys.executable, "-m", "regesta", "import", "content/scraped"]
    running = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    assert [process.communicate() and process.returncode for process in running] == [0, 0, 0]
    assert len(papers(root)) == 60
