"""Proceedings: the programme page, and what they add to the pages and the metadata of their papers."""

import shutil
from dataclasses import replace

import pytest
from lxml import html

from curator import bytes_of
from helpers import FIXTURES, drafts_of, made, new_root, site_of, unrelated, workshop
from regesta.cli import main
from regesta.content.collections import Collection, Listed
from regesta.content.collections import dump as dump_collection
from regesta.content.paper import Author, Paper
from regesta.content.paper_files import dump as dump_paper
from regesta.pages import collections, feeds, papers
from regesta.pages.citation import bibtex, citation_text
from regesta.pages.list_item import list_item
from regesta.pages.metadata import article, scholarly


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the built site of the workshop."""
    root = tmp_path_factory.mktemp("workshop") / "archive"
    shutil.copytree(FIXTURES / "workshop", root, copy_function=shutil.copyfile)
    assert main(["build", "--root", str(root)]) == 0
    return root


def page(root, address):
    return html.fromstring((root / "site" / address / "index.html").read_text(encoding="utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def by_class(tree, name):
    return tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def programme(site, name):
    """Return the sessions of a programme: each heading, the titles below it."""
    data = made(collections.plan(site))[f"collections/{name}/index.html"].data
    return [
        (session["heading"], [entry["address"].split("/")[2] for entry in session["entries"]])
        for session in data["sessions"]
    ]


def test_nothing_is_wrong_with_the_site(built, capsys):
    assert main(["check", "--output", str(built / "site")]) == 0
    assert main(["build", "--root", str(built)]) == 0
    assert "(0 written, 0 deleted)" in capsys.readouterr().out


def test_sessions_stand_in_the_curators_order_and_papers_in_that_of_time():
    assert programme(workshop(), "tides-2025") == [
        ("Morning", ["tide-tables", "slow-lamps"]),
        ("Afternoon", ["ropes", "harbour"]),
        ("Other papers", ["keynote", "journal-version"]),
    ]


def test_a_reading_group_shows_its_newest_meeting_first():
    assert programme(workshop(), "reading") == [("", ["harbour", "tide-tables", "ropes"])]


def test_papers_of_one_day_stand_in_the_order_of_the_day():
    listed = (
        Listed("a", time="2025-06-02 11:00"),
        Listed("b", time="2025-06-02 09:00"),
        Listed("c", time="2025-06-03"),
    )
    site = site_of(
        [Paper(name, id=name) for name in "abc"], collections=[Collection("g", "G", papers=listed)]
    )
    assert programme(site, "g") == [("", ["c", "b", "a"])]


def test_the_page_tells_what_the_proceedings_are(built):
    tree = page(built, "collections/tides-2025")
    (imprint,) = by_class(tree, "imprint")
    assert [words(row) for row in imprint] == [
        "EditorsAda Example, Trees and Sons, Inc., Jan van der Example",
        "Meeting2 June 2025 to 3 June 2025",
        "VenueTIDES 2025",
        "PlaceHarbour Town",
        "PublisherExample Press",
        "SeriesWorkshops of the Sea",
        "Volume7",
        "ISBN978-0-00-000000-2",
        "PublishedJune 2025",
    ]
    assert [link.get("href") for link in by_class(tree, "tally")[0]] == ["https://tides.example/"]
    assert tree.xpath("//a[text()='BibTeX']/@href") == ["/tides/collections/tides-2025.bib"]
    assert tree.xpath("//div[@class='prose']//em/text()") == ["at low water"]


def test_an_entry_tells_all_that_a_visitor_needs(built):
    first, second, *_ = by_class(page(built, "collections/tides-2025"), "entry-line")
    assert (
        words(first)
        == "09:00Best paperJane Q. Doe, Wei Example, The Tide Grouppages 1–10PDF: Tide Tables of x1 & Others: 100% {Sure}"
    )
    assert first.xpath(".//time/@datetime") == ["2025-06-02 09:00"]
    assert first.xpath(".//a/@href") == ["/tides/papers/tide-tables/paper.pdf"]
    assert words(second).startswith("10:30WithdrawnJ. Doe, Wei Example, Eva Examplepages 11–20PDF")
    assert second.xpath(".//a/@href") == ["/tides/papers/slow-lamps/lamps-final.pdf"]


def test_a_day_stands_once_where_all_of_a_session_share_it(built):
    morning, afternoon, _ = page(built, "collections/tides-2025").xpath("//section[@class='session']/h2")
    assert (words(morning), words(afternoon)) == ("Morning 2 June 2025", "Afternoon")
    assert by_class(page(built, "collections/reading"), "entry-line")[0].xpath("./time/text()") == [
        "19 May 2025"
    ]


def test_however_many_papers_a_programme_is_one_page():
    listed = tuple(Listed(f"p{n}", session="All") for n in range(100))
    site = site_of(
        [Paper(f"Paper {n}", id=f"p{n}") for n in range(100)],
        collections=[Collection("c", "C", papers=listed)],
        page_size=5,
    )
    assert list(made(collections.plan(site))) == ["collections/index.html", "collections/c/index.html"]
    assert len(programme(site, "c")[0][1]) == 100


def test_a_plain_list_stays_one():
    site = site_of(
        [Paper("A", id="a", session="Morning")], collections=[Collection("c", "C", papers=(Listed("a"),))]
    )
    plain = made(collections.plan(site))["collections/c/index.html"]
    assert plain.template == "collection.html"
    assert (plain.data["imprint"], plain.data["bibliography"]) == ([], "")


def test_a_papers_own_session_makes_a_programme_of_proceedings_only():
    site = site_of(
        [Paper("A", id="a", session="Morning", collections=("c",))],
        collections=[Collection("c", "C", publisher="P")],
    )
    assert programme(site, "c") == [("Morning", ["a"])]


def test_a_paper_is_dated_by_its_proceedings():
    site = workshop()
    assert {paper.id: paper.published for paper in site.archive.papers} == {
        "journal-version": "2025-11", "harbour": "2025-06", "keynote": "2025-06", "ropes": "2025-06", "slow-lamps": "2024-12", "tide-tables": "2025-06",
    }  # fmt: skip
    assert site.archive.undated == ()


def test_a_date_that_is_read_replaces_an_inferred_one():
    book = Collection("c", "C", publisher="P", published="2025-06", papers=(Listed("a"),))
    (paper,) = site_of(
        [Paper("A", id="a", published="2025", inferred=("published",))], collections=[book]
    ).archive.papers
    assert (paper.published, paper.inferred) == ("2025-06", ())


def test_scholars_tools_read_where_a_paper_was_published():
    site = workshop()
    known = {paper.id: scholarly(paper, site) for paper in site.archive.papers}
    assert known["tide-tables"] == (
        ("citation_title", "Tide Tables of x₁ & Others: 100% {Sure}"),
        ("citation_author", "Doe, Jane Q."),
        ("citation_author", "Example, Wei"),
        ("citation_author", "The Tide Group,"),
        ("citation_publication_date", "2025/06"),
        ("citation_conference_title", "Proceedings of the Second Workshop on Tides & Tables"),
        ("citation_volume", "7"),
        ("citation_firstpage", "1"),
        ("citation_lastpage", "10"),
        ("citation_isbn", "978-0-00-000000-2"),
        ("citation_publisher", "Example Press"),
        ("citation_doi", "10.5555/tides.1"),
        ("citation_pdf_url", "https://example.org/tides/papers/tide-tables/paper.pdf"),
        ("citation_abstract_html_url", "https://example.org/tides/papers/tide-tables/"),
        ("citation_abstract", "Tables of the tides, read by a machine."),
        ("citation_keywords", "tides; tables & charts"),
        ("DC.type", "conferencePaper"),
    )
    assert not any(name.startswith("citation_") for name, _ in known["keynote"])
    journal = dict(known["journal-version"])
    assert [journal.get(f"citation_{name}") for name in ("journal_title", "volume", "issue", "firstpage", "lastpage", "conference_title", "isbn")] == [
        "Journal of Salt", "12", "3", "5", "9", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("7", "7", "7"),
        ("1:5-1:9", "1:5", "1:9"),
        ("e12", "e12", "e12"),
        ("1, 3", None, None),
        ("", None, None),
    ],
)
def test_only_a_range_of_pages_has_a_first_and_a_last(pages, first, last):
    paper = Paper("A", id="a", authors=(Author("Ada"),), pages=pages)
    tags = dict(scholarly(paper, site_of([paper])))
    assert (tags.get("citation_firstpage"), tags.get("citation_lastpage")) == (first, last)


def test_a_thesis_and_a_report_name_their_institution():
    thesis, report = (
        Paper("A", id="a", authors=(Author("Ada"),), type=kind, publisher="University", number="3")
        for kind in ("phdthesis", "techreport")
    )
    assert dict(scholarly(thesis, site_of([thesis])))["citation_dissertation_institution"] == "University"
    tags = dict(scholarly(report, site_of([report])))
    assert (tags["citation_technical_report_institution"], tags["citation_technical_report_number"]) == (
        "University",
        "3",
    )


def test_search_engines_read_what_a_paper_is_part_of():
    site = workshop()
    data = {paper.id: article(paper, site) for paper in site.archive.papers}
    book, archive = data["harbour"]["isPartOf"]
    assert (book["@type"], book["name"], book["isbn"]) == (
        ["PublicationVolume", "Book"],
        "Proceedings of the Second Workshop on Tides & Tables",
        "978-0-00-000000-2",
    )
    assert [editor["name"] for editor in book["editor"]] == [
        "Ada Example",
        "Trees and Sons, Inc.",
        "Jan van der Example",
    ]
    assert archive["@type"] == "Collection"
    issue = data["journal-version"]["isPartOf"][0]
    assert (
        issue["issueNumber"],
        issue["isPartOf"]["volumeNumber"],
        issue["isPartOf"]["isPartOf"]["name"],
    ) == ("3", "12", "Journal of Salt")
    assert data["tide-tables"]["keywords"] == ["tides", "tables & charts"]
    assert data["tide-tables"]["pagination"] == "1–10"


def test_a_paper_that_was_taken_back_is_marked_wherever_it_is_named(built):
    site = workshop()
    paper = next(paper for paper in site.archive.papers if paper.status)
    assert article(paper, site)["creativeWorkStatus"] == "Withdrawn"
    assert "note      = {Withdrawn}" in bibtex(paper, site)
    assert citation_text(paper, site).startswith("Withdrawn. ")
    assert b"<title>Withdrawn: Slow Lamps</title>" in made(feeds.plan(site))["feed.xml"]
    assert list_item(site, paper).status == "withdrawn"
    for address in ("papers/slow-lamps", "collections/tides-2025", "2024", "authors/wei-south"):
        assert "Withdrawn" in [words(mark) for mark in by_class(page(built, address), "status")], address
    assert "creativeWorkStatus" not in article(replace(paper, status=""), site)


def test_a_papers_page_tells_where_it_stands(built):
    tree = page(built, "papers/tide-tables")
    facts = {words(name): words(name.getnext()) for name in tree.xpath("//dl/dt")}
    assert {name: facts[name] for name in ("Session", "Pages", "Publisher", "Series", "Volume", "ISBN")} == {
        "Session": "Morning", "Pages": "1–10", "Publisher": "Example Press",
        "Series": "Workshops of the Sea", "Volume": "7", "ISBN": "978-0-00-000000-2",
    }  # fmt: skip
    assert words(by_class(tree, "dateline")[0]).endswith("in TIDES 2025")
    assert [words(mark) for mark in by_class(tree, "award")] == ["Best paper"]
    assert "Keywords: tides, tables & charts" in [words(line) for line in by_class(tree, "subjects")]
    listed = tree.xpath("//section[@aria-labelledby='listed']/p/a/@href")
    assert listed == ["/tides/collections/reading/", "/tides/collections/tides-2025/"]


@pytest.mark.parametrize(
    "change",
    [
        {"publisher": "Other Press"},
        {"title": "Other"},
        {"published": "2026"},
        {"citekey": "a"},
        {"papers": (Listed("a", session="Late", pages="9"),)},
    ],
)
def test_a_paper_is_made_anew_when_its_proceedings_change(change):
    book = Collection(
        "c", "Book", publisher="P", published="2025", papers=(Listed("a", session="Early", pages="1"),)
    )
    before, after = (
        {
            draft.path: draft.fingerprint
            for leaf in (collections, feeds)
            for draft in drafts_of(leaf.plan(site))
        }
        | {d.path: d.fingerprint for d in drafts_of(papers.plan(site, unrelated))}
        for site in (
            site_of([Paper("A", id="a")], collections=[one]) for one in (book, book._replace(**change))
        )
    )
    changed = {path for path in before if before[path] != after[path]}
    assert "collections/c/index.html" in changed
    assert ("papers/a/index.html" in changed) == (change.keys() != {"citekey"})


def test_the_same_content_gives_the_same_site(built, tmp_path):
    shutil.copytree(built / "content", tmp_path / "content", copy_function=shutil.copyfile)
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert bytes_of(tmp_path / "site") == bytes_of(built / "site")


def test_whatever_proceedings_say_is_shown_as_text(tmp_path):
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    facts = dict.fromkeys(("venue", "publisher", "place", "series", "volume", "isbn"), evil)
    book = Collection(
        "c",
        evil,
        editors=(Author(f"Ada {evil}"),),
        papers=(Listed("a", session=evil, pages=evil, award=evil),),
        **facts,
    )
    root = new_root(tmp_path / "archive")
    (root / "content/papers/a.md").write_text(
        dump_paper(Paper("A", id="a", authors=(Author(f"Bo {evil}"),), keywords=(evil,))), encoding="utf-8"
    )
    (root / "content/collections").mkdir()
    (root / "content/collections/c.md").write_text(dump_collection(book), encoding="utf-8")
    assert main(["build", "--root", str(root)]) == 0
    for address in ("collections/c", "papers/a"):
        tree = page(root, address)
        assert (
            tree.xpath("//script[not(@type='application/ld+json' or @type='speculationrules') and not(@src)]")
            == []
        )
        assert [words(mark) for mark in by_class(tree, "award")] == [evil]
    assert main(["check", "--output", str(root / "site")]) == 0


def test_a_programme_names_the_first_of_many_authors():
    authors = tuple(Author(f"Ada {letter}example") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    book = Collection("c", "C", papers=(Listed("a", session="One"),))
    site = site_of([Paper("A", id="a", authors=authors)], collections=[book])
    (session,) = made(collections.plan(site))["collections/c/index.html"].data["sessions"]
    (entry,) = session["entries"]
    assert (len(entry["people"]), entry["authors_count"]) == (20, 26)
