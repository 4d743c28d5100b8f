"""The index of authors: by family name, é as e, on one page or on a page for each letter."""

import pytest

from helpers import made, site_of
from regesta.archive.archive_rows import make_archive
from regesta.content.authors import Person
from regesta.content.paper import Author, Paper
from regesta.pages import authors, name_index
from regesta.pages.page import Link
from regesta.pages.site import Site


def site_by(*names, people=()):
    """Return the site of a paper by some authors."""
    written = tuple(name if isinstance(name, Author) else Author(name) for name in names)
    plain = site_of([])
    return Site(plain.config, make_archive([Paper("A", id="a", authors=written)], {}, {}, people), plain.t)


def index_of(site):
    """Return the names in the index of authors, by letter."""
    page = made(authors.plan(site))["authors/index.html"]
    return {letter.letter: [link.label for link in letter.links] for letter in page.data["letters"]}


def test_authors_stand_by_family_name_without_regard_to_accents():
    site = site_by(
        "Zoë Adams", "Émile Borel", "Rob van der Goot", "Ángel Cruz", "Hal Daumé III", "Ada Eberle", "Paul Éluard", "Ed Ezra",
        "Liv Øvrebø", "Gerard 't Hooft", "Иван Петров", "李四", "The Map Group",
    )  # fmt: skip
    assert index_of(site) == {
        "A": ["Adams, Zoë"],
        "B": ["Borel, Émile"],
        "C": ["Cruz, Ángel"],
        "D": ["Daumé III, Hal"],
        "E": ["Eberle, Ada", "Éluard, Paul", "Ezra, Ed"],
        "O": ["Øvrebø, Liv"],
        "T": ["'t Hooft, Gerard", "The Map Group"],
        "V": ["van der Goot, Rob"],
        "П": ["Петров, Иван"],
        "Other": ["李四"],
    }


def test_the_index_follows_papers_and_the_curator():
    """Parts that a paper tells count before the rule, and what the curator says counts before both."""
    people = [
        Person("Rob van der Goot", sort="Goot, Rob van der"),
        Person("Bo Example", "bo-1"),
        Person("Bo Example", "bo-2"),
    ]
    site = site_by(
        Author("Ana Garcia Lopez", "Ana", "Garcia Lopez"),
        "Rob van der Goot",
        Author("Bo Example", id="bo-1"),
        people=people,
    )
    assert index_of(site) == {"E": ["Example, Bo (bo-1)"], "G": ["Garcia Lopez, Ana", "Goot, Rob van der"]}


def test_a_long_index_has_a_page_for_each_letter(monkeypatch):
    monkeypatch.setattr(name_index, "_WHOLE", 2)
    pages = made(authors.plan(site_by("Ada Example", "Bo Example", "李四")))
    index = pages["authors/index.html"].data
    assert index["ways_by_letter"] == [
        Link("E", "/authors/by/e/", 2),
        Link("Other", "/authors/by/other/", 1),
    ]
    assert (index["letters"], len(index["largest"])) == ([], 3)
    (letter,) = pages["authors/by/e/index.html"].data["letters"]
    assert [link.label for link in letter.links] == ["Example, Ada", "Example, Bo"]
    assert "authors/by/other/index.html" in pages


def test_no_author_has_the_address_of_a_letter(monkeypatch):
    monkeypatch.setattr(name_index, "_WHOLE", 0)
    pages = made(authors.plan(site_by("By", "By E", "Ada Example")))
    assert {"authors/by/index.html", "authors/by/b/index.html", "authors/by-e/index.html"} <= set(pages)


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Ada A", ("Ada A", "Bo B", "Cy C")),
        ("Eve E", ("Ada A", "Bo B", "Cy C", "Eve E")),
    ],
)
def test_an_author_is_named_on_the_own_page(name, people):
    site = site_by("Ada A", "Bo B", "Cy C", "Di D", "Eve E", "Fi F")
    pages = made(authors.plan(site))
    (group,) = pages[f"authors/{name.lower().replace(' ', '-')}/index.html"].data["groups"]
    item = group["items"][0].make()
    assert (item.people, item.authors_count) == (people, 6)


def test_another_spelling_is_named_as_the_paper_has_it():
    site = site_by(
        "Ada A", "Bo B", "Cy C", "E. Example", people=[Person("Eve Example", aliases=("E. Example",))]
    )
    (group,) = made(authors.plan(site))["authors/eve-example/index.html"].data["groups"]
    assert group["items"][0].make().people[-1] == "E. Example"


def test_beside_an_authors_papers_stand_coauthors_and_venues():
    ada, bo, cy = map(Author, ("Ada A", "Bo B", "Cy C"))
    papers = [
        Paper("One", id="one", authors=(ada, bo), venue="Leaves"),
        Paper("Two", id="two", authors=(bo, cy, ada), venue="Leaves"),
        Paper("Three", id="three", authors=(cy,), venue="Roots"),
    ]
    page = made(authors.plan(site_of(papers)))["authors/ada-a/index.html"]
    assert page.data["coauthors"] == [Link("Bo B", "/authors/bo-b/", 2), Link("Cy C", "/authors/cy-c/", 1)]
    assert page.data["venues"] == [Link("Leaves", "/venues/leaves/", 2)]
