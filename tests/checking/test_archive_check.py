"""`regesta check` examines the archive, too: what is missing, duplicate, similar or broken."""

import json

import pytest

from helpers import dump_a, import_into, new_root
from regesta.cli import main

TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit."


@pytest.fixture
def root(tmp_path):
    root = new_root(
        tmp_path / "archive", tags="- {tag: trees}\n- {tag: birds, aliases: [herons]}\n- {tag: rocks}\n"
    )
    paper(root, "one", "title: Sparse Trees\npublished: '2025'\ntags: [trees, herons]\ncitekey: Key1", TEXT)
    return root


def paper(root, name, head, body=""):
    (root / "content" / "papers" / f"{name}.md").write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")


def check(root, capsys, *options):
    """Build and check; return the status, the notes on the content and the problems."""
    main(["build", "--root", str(root)])
    capsys.readouterr()
    status = main(["check", "--root", str(root), "--json", *options])
    report = json.loads(capsys.readouterr().out)
    return status, report["content"], [f"{p['file']}:{p['line']}: {p['what']}" for p in report["problems"]]


def test_what_is_missing_is_noted_and_not_a_problem(root, capsys):
    paper(root, "two", "title: Rivers")
    (root / "content" / "papers" / "three.MD").write_text("---\ntitle: Loud\n---\n")
    status, content, problems = check(root, capsys)
    assert (status, problems) == (0, [])
    assert content == {
        "have no date": ["two"],
        "have names that do not end in .md, and are not read": ["content/papers/three.MD"],
        "have no paper": ["rocks"],
    }
    assert main(["check", "--root", str(root)]) == 0
    assert "1 paper has no date\n    two\n" in capsys.readouterr().err


def test_papers_that_may_be_one_are_noted_with_the_reason(root, capsys):
    paper(root, "two", "title: On Sparse Trees\npublished: '2025'", TEXT)
    paper(
        root,
        "three",
        "title: Rivers\npublished: '2025'",
        "Rivers carry sand to the sea, and nobody knows how much of it comes back.",
    )
    assert check(root, capsys)[1]["may be the same"] == [
        "one and two: titles 89% similar, 100% of the abstract shared"
    ]


def test_papers_that_a_person_told_apart_are_not_noted_again(root, capsys):
    scraped = root / "content" / "scraped"
    scraped.mkdir()
    (scraped / "a.txt").write_text(
        dump_a(("Sparse trees", "Rivers carry sand to the sea, and nobody knows how much.")), encoding="utf-8"
    )
    assert import_into(root, scraped) == 0
    assert main(["review", "all", "--new", "--root", str(root)]) == 0
    assert "may be the same" not in check(root, capsys)[1]


def test_tex_that_nothing_reads_is_found_with_its_line(root, capsys):
    paper(
        root,
        "two",
        "title: Of $\\foo{x}$ and more\npublished: '2025'",
        "First.\n\nThen \\\\textsc{two}, `\\\\code{}` and $x^2$ and \\\\*stars\\\\*.",
    )
    assert check(root, capsys)[1]["cannot be set as mathematics"] == [
        "content/papers/two.md:2: $\\foo{x}$",
        "content/papers/two.md:8: \\textsc",
    ]


def test_a_citekey_that_two_papers_have_is_a_problem(root, capsys):
    paper(root, "two", "title: Rivers\npublished: '2025'\ncitekey: key1")
    status, _, problems = check(root, capsys)
    assert (status, problems) == (
        1,
        ["content/papers/two.md:4: has the citekey 'key1', like papers/one.md"],
    )


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["Jane Doe", "J. Doe"], ["J. Doe and Jane Doe"]),
        (["Jane Doe", "Jane Q. Doe"], ["Jane Doe and Jane Q. Doe"]),
        (["José Núñez", "Jose Nunez"], ["Jose Nunez and José Núñez"]),
        (["Jane Doe", "John Doe"], []),
        (["Jane Doe", "Jane Roe"], []),
        (["Wei Wang", "{name: Wei Wang, id: w2}"], []),
        (["Plato", "Aristotle"], []),
    ],
)
def test_names_that_may_be_one_persons_are_noted(root, capsys, names, pairs):
    paper(root, "two", f"title: Rivers\npublished: '2025'\nauthors: [{', '.join(names)}]")
    assert check(root, capsys)[1].get("may be one person", []) == pairs


def test_a_site_alone_is_checked_alone(root, tmp_path, capsys):
    check(root, capsys)
    assert main(["check", "--root", str(tmp_path / "elsewhere"), "--output", str(root / "site")]) == 0


def test_a_collection_that_cannot_be_used_is_a_problem(root, capsys):
    (root / "content" / "collections").mkdir(exist_ok=True)
    (root / "content" / "collections" / "c.md").write_text(
        "---\ntitle: C\npapers:\n  - {id: one, time: soon}\n---\n", encoding="utf-8"
    )
    status, _, problems = check(root, capsys)
    assert status == 1
    assert problems[0].startswith("content/collections/c.md:4: ")
