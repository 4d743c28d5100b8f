"""An entry that may be a paper of the archive waits for a person, whose decision holds for good."""

import json

import pytest

from helpers import clone, dump_a, files_of, import_into, new_root
from regesta.cli import main
from regesta.content.paper import Author, Organization, Origin, Paper
from regesta.errors import RegestaError
from regesta.importing.review import Held, load_review, save_review

TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit."
OTHER = "Rivers carry sand to the sea; a model of nine equations says how much, and two winters of measurements by boat agree."


@pytest.fixture
def root(tmp_path, capsys):
    """Return an archive with a paper, and an entry with its title and another abstract."""
    root = new_root(tmp_path / "archive")
    scraped = root / "content" / "scraped"
    scraped.mkdir()
    (scraped / "001_a.txt").write_text(dump_a(("Sparse Trees", TEXT)), encoding="utf-8")
    assert import_into(root, scraped) == 0
    (scraped / "002_b.txt").write_text(dump_a(("Sparse trees", OTHER)), encoding="utf-8")
    capsys.readouterr()
    return root


def review(root, *arguments):
    return main(["review", *arguments, "--root", str(root)])


def import_again(root, capsys):
    assert import_into(root, root / "content" / "scraped") == 0
    return capsys.readouterr().out


def waiting(root):
    return load_review(root / "content")


def papers(root):
    return sorted(path.name for path in (root / "content" / "papers").glob("*.md"))


def test_a_doubtful_entry_waits_and_is_counted_each_time(root, capsys):
    for _ in range(2):
        assert import_into(root, root / "content" / "scraped") == 0
        captured = capsys.readouterr()
        assert captured.out == "imported: found 2 = 1 unchanged + 1 for review\n"
        assert "regesta review" in captured.err
    assert papers(root) == ["sparse-trees.md"]
    assert [(entry.like, entry.paper.title, entry.paper.abstract) for entry in waiting(root)] == [
        ("sparse-trees", "Sparse trees", OTHER)
    ]


def test_the_list_says_what_it_may_be_and_why(root, capsys):
    import_again(root, capsys)
    assert review(root) == 0
    name = waiting(root)[0].name
    assert capsys.readouterr().out.splitlines() == [
        f"{name}  Sparse trees",
        "    may be sparse-trees: titles equal, 0% of the abstract shared",
        "    from scraped/002_b.txt:3",
        "1 entry to review; settle them with `regesta review ENTRY --same` or `--new`",
    ]
    assert review(root, "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "entry": name,
            "title": "Sparse trees",
            "like": "sparse-trees",
            "why": "titles equal, 0% of the abstract shared",
        }
    ]


def test_the_same_paper_is_merged_and_stays_so_in_a_fresh_clone(root, tmp_path, capsys):
    import_again(root, capsys)
    assert review(root, waiting(root)[0].name, "--same") == 0
    assert capsys.readouterr().out == "settled: found 1 = 1 updated\n"
    assert "review.yaml" not in str(list((root / "content").iterdir()))
    assert "scrape-002" in (root / "content/papers/sparse-trees.md").read_text(encoding="utf-8")
    fresh = clone(root, tmp_path / "clone")
    before = files_of(fresh / "content" / "papers")
    assert import_again(fresh, capsys) == "imported: found 2 = 1 unchanged + 1 merged\n"
    assert files_of(fresh / "content" / "papers") == before


def test_a_paper_of_its_own_is_added_and_stays_so_in_a_fresh_clone(root, tmp_path, capsys):
    import_again(root, capsys)
    assert review(root, "all", "--new") == 0
    assert capsys.readouterr().out == "settled: found 1 = 1 new\n"
    assert len(papers(root)) == 2
    fresh = clone(root, tmp_path / "clone")
    assert import_again(fresh, capsys) == "imported: found 2 = 2 unchanged\n"
    assert waiting(fresh) == []


def test_an_entry_that_does_not_wait_is_wrong_use(root, capsys):
    assert review(root, "deadbeef", "--same") == 2
    assert (
        "deadbeef: is not an entry that waits for review: `regesta review` lists them"
        in capsys.readouterr().err
    )
    assert review(root, "--new") == 2
    assert review(root, "deadbeef", "cafe") == 2  # nor is it listed
    assert capsys.readouterr().err.count("is not an entry that waits") == 2


def test_what_waits_is_read_as_it_was_written(tmp_path):
    paper = Paper(
        'A "quoted": title', "An abstract\n\nin two parts, with - dashes & # marks.", authors=(Author("Ada Example", "Ada", "Example"), Author("no")),
        organization=Organization("Lab: One", "lab"), comments=0, links={"code": "https://a.example/c?d=1#e"}, tags=("a",), note="Mine.\n\nTwice.",
        origin=(Origin("scraped/a b.txt", 3), Origin("b.txt")), published="2025", inferred=("published",), extra={},
    )  # fmt: skip
    entries = [Held(("0123456789ab", "ba9876543210"), "like-this", "because: 3 # reasons", paper)]
    save_review(tmp_path, entries)
    assert load_review(tmp_path) == entries
    save_review(tmp_path, [])
    assert not (tmp_path / "review.yaml").exists()
    assert load_review(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\n",
        "- a\n",
        "- texts: [a]\n",
        "- {texts: [a], like: b, why: c, paper: {published: never}}\n",
        "- : [\n",
    ],
)
def test_a_broken_list_is_reported_with_its_line(tmp_path, text):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "review.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RegestaError) as caught:
        load_review(tmp_path / "content")
    assert str(caught.value).startswith("content/review.yaml:1: ")


def test_what_is_wrong_in_an_entry_is_named_with_its_own_line(tmp_path):
    (tmp_path / "content").mkdir()
    text = "- texts: [a]\n  like: b\n  paper:\n    title: T\n    published: never\n"
    (tmp_path / "content" / "review.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RegestaError) as caught:
        load_review(tmp_path / "content")
    remedy = "restore the file from Git, or delete it: the next import asks again"
    assert str(caught.value).splitlines() == [
        f"content/review.yaml:1: is not an entry held for review (this entry has no why: add a line `why: …`): {remedy}",
        f"content/review.yaml:5: is not an entry held for review (`paper.published` cannot be read: 'never' is not a date: write 2025-10-31, 2025-10 or 2025): {remedy}",
    ]
