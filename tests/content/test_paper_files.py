"""Paper files: read, written, and changed without loss of the curator's own text."""

import os
import stat
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nasty_texts
from regesta.content.paper import Author, Organization, Origin, Paper
from regesta.content.paper_files import dump, load_papers, parse, update
from regesta.content.schema import is_name
from regesta.content.text_files import TextFileError, read_text, write
from regesta.errors import Problem
from regesta.text.strings import clean, one_line, shows

FULL = Paper(
    id="2410.21060",
    title="No: 'Yes' # \"and\" $\\alpha$",
    abstract="First paragraph.\n\n---\n\n- second",
    published="2025-06",
    featured="2025-06-02",
    added="2026-11-20",
    updated="2026-01-01",
    inferred=("published",),
    authors=(Author("Ada Example"), Author("Bo Example", "Bo", "Example", "0000-0001", "bo-2")),
    authors_count=2,
    organization=Organization("Example Labs", "example"),
    venue="Example Workshop 2025",
    tags=("a", "b"),
    collections=("scrape-001",),
    links={"code": "https://a.example/b", "arxiv": "https://arxiv.org/abs/2410.21060"},
    comments=0,
    upvotes=7,
    note="Two\n\nparagraphs.",
    aliases=("old",),
    citekey="example2025",
    license="CC0",
    status="withdrawn",
    pages="1–12",
    session="2",
    award="Best",
    lock=True,
    origin=(Origin("scraped/a.txt", 3), Origin("hand")),
    extra={"mine": ["1", {"a: b": "no"}], "also": ""},
)

MINIMAL = "---\ntitle: A title\n---\n"


def test_a_full_paper_is_written_and_read_as_it_is():
    text = dump(FULL)
    assert parse(text, "file-name", "papers/a.md") == FULL
    assert dump(parse(text, "file-name", "papers/a.md")) == text
    assert text.startswith('---\nid: "2410.21060"\ntitle: "No: \'Yes\' # \\"and\\" $\\\\alpha$"\n')


def _author(name, orcid):
    return Author(name, orcid=orcid)


names = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True).filter(is_name)
lines = nasty_texts().map(one_line).map(lambda line: line if shows(line) else "")
dates = (
    st.dates(min_value=date(1900, 1, 1))
    .map(str)
    .flatmap(lambda day: st.sampled_from([day, day[:7], day[:4], ""]))
)
papers = st.builds(
    Paper,
    id=names,
    title=lines.filter(bool),
    abstract=nasty_texts(10).map(lambda text: clean(text).strip()),
    published=dates,
    authors=st.lists(st.builds(_author, lines.filter(bool), lines), max_size=2).map(tuple),
    authors_count=st.none() | st.integers(0, 999_999_999),
    organization=st.none() | st.builds(Organization, lines.filter(bool), lines),
    venue=lines,
    tags=st.lists(names, unique=True, max_size=3).map(tuple),
    links=st.dictionaries(
        names, st.sampled_from(["https://a.example/b", "http://a.example/it's,(x)"]), max_size=3
    ),
    comments=st.none() | st.integers(0, 9),
    note=nasty_texts().map(lambda text: clean(text).strip()),
    lock=st.booleans(),
    origin=st.lists(st.builds(Origin, lines.filter(bool), st.integers(0, 99)), max_size=2).map(tuple),
    extra=st.dictionaries(lines.map("x-{}".format), lines | st.lists(lines, max_size=2), max_size=2),
)


@given(papers)
def test_any_paper_is_written_and_read_as_it_is(paper):
    text = dump(paper)
    assert parse(text, "stem", "a.md") == paper
    assert dump(parse(text, "stem", "a.md")) == text


edited = st.builds(
    Paper, title=lines.filter(bool), tags=st.lists(names, unique=True, max_size=3).map(tuple), note=lines
)


@given(papers, edited)
def test_an_update_sets_what_is_named_and_nothing_else(paper, other):
    text = update(dump(paper), other, ("title", "tags", "note"))
    read = parse(text, "stem", "a.md")
    assert (read.title, read.tags, read.note) == (other.title, other.tags, other.note)
    assert (read.id, read.abstract, read.links, read.extra) == (
        paper.id,
        paper.abstract,
        paper.links,
        paper.extra,
    )


def test_the_file_name_is_the_id_if_none_is_given():
    assert parse(MINIMAL, "my-paper", "papers/my-paper.md").id == "my-paper"


def test_unknown_keys_are_kept_as_extra():
    assert parse("---\ntitle: a\nmine: [1, no]\n---\n", "a", "a.md").extra == {"mine": ["1", "no"]}


@pytest.mark.parametrize(
    ("text", "stem", "problems"),
    [
        ("", "a", ["a.md:1: does not begin with front matter (a line of three dashes): docs/content.md shows what the file looks like"]),
        ("---\ntitle: a\n", "a", ["a.md:1: front matter is not closed by a line of three dashes: docs/content.md shows what the file looks like"]),
        ("---\ntitle: a\ntitle: b\n---\n", "a", ["a.md:3: has the key `title` twice: docs/content.md shows what the file looks like"]),
        ("---\nid: a\n---\n", "a", ["a.md:1: has no title: add a line `title: …`"]),
        (MINIMAL, "My Paper", ["a.md:1: 'My Paper' cannot be an id: add a line `id: …` of a-z, 0-9 and dashes"]),
        (
            "---\npublished: soon\ncomments: many\n---\n",
            "a",
            [
                "a.md:1: has no title: add a line `title: …`",
                "a.md:2: `published` cannot be read: 'soon' is not a date: write 2025-10-31, 2025-10 or 2025",
                "a.md:3: `comments` cannot be read: 'many' is not a count: write a whole number",
            ],
        ),
        ("---\ntitle: [a]\n---\n", "a", ["a.md:2: `title` cannot be read: write text here, not a list"]),
        ("---\ntitle: ''\n---\n", "a", ["a.md:2: `title` is empty: write one"]),
        (
            "---\ntitle: a\nauthors:\n  - Ada\n  - {nick: bo}\n  - name: Cy\n    orcid: [1]\n---\n",
            "a",
            [
                "a.md:5: `authors.nick` is not a known key: known keys are name, given, family, orcid, id",
                "a.md:7: `authors.orcid` cannot be read: write text here, not a list",
            ],
        ),
        ("---\ntitle: '\x07'\n---\n", "a", ["a.md:2: is not valid YAML (unacceptable character #x0007: control characters are not allowed): docs/content.md shows what the file looks like"]),
    ],
)  # fmt: skip
def test_every_problem_of_a_file_is_named_with_its_line(text, stem, problems):
    with pytest.raises(TextFileError) as caught:
        parse(text, stem, "a.md")
    assert [str(problem) for problem in caught.value.problems] == problems


@pytest.fixture
def folder(tmp_path):
    """A folder of papers; the files are given as bytes."""

    def make(**files):
        for name, data in files.items():
            path = tmp_path / "papers" / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path / "papers"

    return make


def test_papers_are_found_below_folders_and_listed_by_id(folder):
    files, problems = load_papers(
        folder(b=MINIMAL.encode(), y2025__a=MINIMAL.encode(), z=b"---\nid: 0-first\ntitle: a\n---\n")
    )
    assert [file.paper.id for file in files] == ["0-first", "a", "b"]
    assert problems == []


def test_a_broken_file_is_named_and_the_others_are_read(folder):
    files, problems = load_papers(
        folder(a=MINIMAL.encode(), b=b"\xff\xfe", c=b"no front matter", d=b"---\ntitle: \xe9\n---\n")
    )
    assert [file.paper.id for file in files] == ["a"]
    assert [str(problem) for problem in problems] == [
        "papers/b.md:1: is not UTF-8 text: save it as UTF-8",
        "papers/c.md:1: does not begin with front matter (a line of three dashes): docs/content.md shows what the file looks like",
        "papers/d.md:2: is not UTF-8 text: save it as UTF-8",
    ]


def test_two_files_of_one_id_are_named_both(folder):
    files, problems = load_papers(folder(a=MINIMAL.encode(), deep__a=MINIMAL.encode()))
    assert len(files) == 1
    assert [str(problem) for problem in problems] == [
        "papers/deep/a.md:1: has the id 'a', as papers/a.md has, which is published in its place: keep one of the two files, or give one another id"
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_read(folder):
    data = b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode() + b"\r\nText\r\nmore.\r\n"
    files, problems = load_papers(folder(a=data))
    assert problems == []
    assert (files[0].paper.title, files[0].paper.abstract) == ("A title", "Text\nmore.")


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 200_000])
def test_a_file_of_any_size_is_read_whole(tmp_path, size):
    (tmp_path / "a.md").write_bytes(b"x" * size)
    assert read_text(tmp_path / "a.md", "a.md") == read_text(str(tmp_path / "a.md"), "a.md") == "x" * size


def test_a_file_with_windows_line_ends_keeps_them(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"---\r\ntitle: a\r\nmine: b # c\r\n---\r\n\r\nText\r\n")
    paper = parse(read_text(path, "a.md"), "a", "a.md")
    write(path, update(read_text(path, "a.md"), Paper(id="a", title="b", abstract=paper.abstract), ["title"]))
    assert path.read_bytes() == b"---\r\ntitle: b\r\nmine: b # c\r\n---\r\n\r\nText\r\n"


def test_writing_leaves_no_traces_and_a_readable_file(tmp_path):
    path = tmp_path / "deep" / "a.md"
    write(path, "one\n")
    write(path, "two\n")
    assert [p.name for p in path.parent.iterdir()] == ["a.md"]
    assert path.read_text() == "two\n"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644 & ~mask


def test_a_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.md"
    write(path, "one\n")
    with pytest.raises(UnicodeEncodeError):
        write(path, "\ud800")
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]
    assert path.read_text() == "one\n"


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path):
    with pytest.raises(TextFileError) as caught:
        read_text(tmp_path, "papers/a.md")
    assert caught.value.problems == (
        Problem("papers/a.md", 0, "cannot be read (Is a directory)", "check the file"),
    )


def test_a_key_by_mistake_is_named_with_what_was_meant(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.md").write_text(
        "---\ntitle: A\nauthor: Ada Example\nmine: kept\ndate: '2025'\n---\n", encoding="utf-8"
    )
    files, problems = load_papers(tmp_path / "papers")
    assert [str(problem) for problem in problems] == [
        "papers/a.md:3: has the key `author`, which means nothing here: write `authors: [Name, Other Name]`",
        "papers/a.md:5: has the key `date`, which means nothing here: write `published: …`",
    ]
    assert files[0].paper.extra == {"author": "Ada Example", "mine": "kept", "date": "2025"}, (
        "the paper is published, and nothing is lost"
    )
