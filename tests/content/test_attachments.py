"""The files of papers: copied beside the page and linked there, or refused with a message."""

import shutil

import pytest
from lxml import html

from helpers import files_of, new_root
from regesta.building.inputs import find_input_files
from regesta.cli import main
from regesta.content.attachments import attach
from regesta.content.find_files import find_files

OWNERS = {"a": "a", "old-a": "a", "b": "b"}


@pytest.fixture
def content(tmp_path):
    """An archive's content, with two papers."""
    root = new_root(tmp_path / "archive")
    (root / "content/papers/a.md").write_text(
        '---\ntitle: A\nauthors: [Ada]\naliases: [old-a]\nlinks: {pdf: "https://a.example/far.pdf"}\n---\n'
    )
    (root / "content/papers/b.md").write_text(
        '---\ntitle: B\nauthors: [Ada]\nlinks: {pdf: "https://a.example/far.pdf"}\n---\n'
    )
    return root / "content"


def put(content, name, data=b"%PDF-1.4\n"):
    path = content / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def attached(content):
    """Return (path on the site, kind) of each file of paper `a`, and the problems."""
    files, odd = find_files(content, "files")
    found, problems = attach(files, lambda names: {name: OWNERS[name] for name in names if name in OWNERS})
    return [(one.path, one.kind) for one in found.get("a", ())], [
        str(problem) for problem in (*odd, *problems)
    ]


def build(content, capsys):
    """Build; return the exit status and the output."""
    status = main(["build", "--root", str(content.parent)])
    return status, capsys.readouterr()


def page(content, paper_id="a"):
    return html.fromstring(
        (content.parent / "site/papers" / paper_id / "index.html").read_text(encoding="utf-8")
    )


def pdf_url(content, paper_id="a", name="citation_pdf_url"):
    return page(content, paper_id).xpath(f"//meta[@name='{name}']/@content")


def test_a_file_is_what_its_name_says(content):
    for name in (
        "Poster.PDF",
        "slides-2.pptx",
        "paper-v2.pdf",
        "supplement.zip",
        "video.mp4",
        "paper.txt",
        "other.pdf",
        "deep/er/data.csv",
    ):
        put(content, f"a/{name}")
    assert attached(content) == (
        [
            ("papers/a/paper-v2.pdf", "pdf"),
            ("papers/a/slides-2.pptx", "slides"),
            ("papers/a/Poster.PDF", "poster"),
            ("papers/a/supplement.zip", "supplement"),
            ("papers/a/video.mp4", "video"),
            ("papers/a/deep/er/data.csv", ""),
            ("papers/a/other.pdf", ""),
            ("papers/a/paper.txt", ""),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["x.pdf"], ["pdf"]),
        (["x.pdf", "slides.pdf"], ["pdf", "slides"]),
        (["x.pdf", "y.pdf"], ["", ""]),
        (["poster.pdf"], ["poster"]),
    ],
)
def test_the_only_pdf_is_the_paper(content, names, kinds):
    for name in names:
        put(content, f"a/{name}")
    assert [kind for _, kind in attached(content)[0]] == kinds


def test_what_cannot_be_published_is_named_and_the_rest_is(content, tmp_path):
    (tmp_path / "secret").write_text("secret")
    put(content, "a/fine.pdf")
    put(content, "a/index.html")
    put(content, "a/INDEX.HTML/x.txt")
    put(content, "a/.hidden")
    put(content, "a/new\nline.pdf")
    put(content, "a/back\\slash.pdf")
    put(content, "nobody/one.pdf")
    put(content, "nobody/two.pdf")
    put(content, "loose.pdf")
    (content / "files/a/out.pdf").symlink_to(tmp_path / "secret")
    found, problems = attached(content)
    assert found == [("papers/a/fine.pdf", "pdf")]
    assert sorted(problems) == [
        "files/a/INDEX.HTML/x.txt: has the name of the paper's page: rename it",
        "files/a/back\\slash.pdf: has a name that cannot be an address: rename it",
        "files/a/index.html: has the name of the paper's page: rename it",
        "files/a/new\\u000aline.pdf: has a name that cannot be an address: rename it",
        "files/a/out.pdf: is a link that leads out of the archive: put the file itself here",
        "files/loose.pdf: lies in no paper's folder: put it into files/<id>/",
        "files/nobody: belongs to no paper: none has that id or alias: rename the folder, or remove it",
    ]


def test_the_page_links_each_file_with_its_size_and_any_name(content, capsys):
    put(content, "a/paper.pdf", b"x" * 36_000)
    names = [
        '"><script>alert(1)</script>.csv'.replace("/", "_"),
        "50% #1?.csv",
        "Übung & 日本.csv",
        "javascript:x",
    ]
    for name in names:
        put(content, f"a/{name}", b"1")
    assert build(content, capsys)[0] == 0
    tree = page(content)
    links = tree.xpath("//section[@aria-labelledby='files']//a")
    assert links[0].text == "PDF"
    assert links[0].getnext().text == "paper.pdf, 36 kB"
    assert sorted(link.text for link in links[1:]) == sorted(names)
    assert all(link.get("href").startswith("/papers/a/") for link in links)
    assert tree.xpath("//main//script") == []
    assert main(["check", "--output", str(content.parent / "site")]) == 0
    assert sorted(path.name for path in (content.parent / "site/papers/a").iterdir()) == sorted(
        [*names, "index.html", "index.md", "paper.pdf"]
    )


def test_the_papers_own_pdf_comes_before_that_elsewhere(content, capsys):
    put(content, "old-a/our paper.pdf")
    put(content, "b/slides.pdf")
    assert build(content, capsys)[0] == 0
    assert pdf_url(content) == ["http://localhost:8000/papers/a/our%20paper.pdf"]
    assert pdf_url(content, "b") == []  # Google Scholar takes none from elsewhere
    assert pdf_url(content, "b", "zotero.citation_pdf_url") == ["https://a.example/far.pdf"]


def test_files_of_nobody_are_told_and_the_site_is_built(content, capsys):
    put(content, "c/paper.pdf")
    status, said = build(content, capsys)
    assert status == 1
    assert "content/files/c: belongs to no paper" in said.err
    assert not (content.parent / "site/papers/c").exists()


def test_an_edited_file_writes_itself_and_the_page_that_names_its_size(content, capsys):
    put(content, "a/paper.pdf", b"x" * 2000)
    put(content, "b/paper.pdf")
    build(content, capsys)
    before = files_of(content.parent / "site")

    def written():
        nonlocal before
        assert build(content, capsys)[0] == 0
        after = files_of(content.parent / "site")
        changed = {
            path
            for path in before.keys() | after.keys()
            if before.get(path, (0, b""))[1] != after.get(path, (0, b""))[1]
        }
        before = after
        return changed - {".regesta.json"}

    put(content, "a/paper.pdf", b"y" * 2000)
    assert written() == {"papers/a/paper.pdf"}
    put(content, "a/paper.pdf", b"y" * 9000)
    assert written() == {"papers/a/paper.pdf", "papers/a/index.html"}
    shutil.rmtree(content / "files/a")
    lists = {
        "index.html",
        "papers/index.html",
        "undated/index.html",
        "authors/ada/index.html",
    }  # which link to the PDF
    assert written() == {"papers/a/paper.pdf", "papers/a/index.html"} | lists
    assert written() == set()


def test_two_files_that_want_one_place_stop_the_build(content, capsys):
    put(content, "a/paper.pdf")
    put(content, "old-a/paper.pdf")
    status, said = build(content, capsys)
    assert status == 3
    assert "/papers/a/paper.pdf: is the address of a file and of a file" in said.err


@pytest.mark.parametrize("name", ["files/a/paper.pdf", "authors.yaml"])
def test_a_touch_is_seen_without_reading_anything(content, name):
    before = find_input_files(content.parent).signature()
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    (content / name).write_text("one")
    added = find_input_files(content.parent).signature()
    (content / name).write_text("two")
    assert len({before, added, find_input_files(content.parent).signature()}) == 3
