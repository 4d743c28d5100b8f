"""The register: spellings of one person, namesakes, and addresses that do not change."""

import pytest

from helpers import drafts_of, made, site_of, unrelated, workshop
from regesta.archive.archive_rows import make_archive
from regesta.archive.who_is_who import register_of
from regesta.content.authors import Person, load_authors
from regesta.content.paper import Author, Paper
from regesta.pages import authors, papers
from regesta.pages.site import Site


def by_author(site):
    """Return the ids of the papers on each author's page, by its address."""
    return {
        site.authors[label]: sorted(paper.id for paper in found)
        for label, found in site.archive.authors.items()
    }


@pytest.fixture
def read_authors(tmp_path):
    """Return a function that writes `authors.yaml` and reads it."""

    def load(text):
        (tmp_path / "authors.yaml").write_text(text, encoding="utf-8")
        people, problems = load_authors(tmp_path)
        return people, [str(problem) for problem in problems]

    return load


def test_an_archive_needs_no_register(tmp_path):
    assert load_authors(tmp_path) == ([], [])


def test_the_register_is_read(read_authors):
    assert read_authors(
        "- name: Jane Q. Doe\n  id: jane-doe\n  aliases: [J. Doe]\n  orcid: https://orcid.org/0000-0002-1825-0097\n- {name: Bo}\n"
    ) == (
        [Person("Jane Q. Doe", "jane-doe", ("J. Doe",), "0000-0002-1825-0097"), Person("Bo")],
        [],
    )


def test_each_wrong_entry_is_named_with_its_line_and_the_others_are_used(read_authors):
    people, problems = read_authors("""- {name: Ada, id: ada}
- Bo
- {name: Cy, alias: [C]}
- {name: Di, orcid: "12"}
- {name: Ed, id: ada}
- {name: Fi, aliases: [Ada]}
- {name: Ada, id: other}
""")
    assert people == [Person("Ada", "ada"), Person("Ada", "other")]
    assert problems == [
        "authors.yaml:2: this entry cannot be read: write {name: …}, and perhaps id, aliases, orcid, sort",
        "authors.yaml:3: `alias` is not a known key: did you mean `aliases`?",
        "authors.yaml:4: `orcid` cannot be read: '12' is not an ORCID iD: write it as 0000-0002-1825-0097",
        "authors.yaml:5: this entry has the id 'ada', as the entry of line 1 has: join them, or change one",
        "authors.yaml:6: this entry has the name 'Ada', as the entry of line 1 has: join them, or give each an id",
    ]


def test_what_is_wrong_in_an_entry_is_named_with_its_own_line(read_authors):
    assert read_authors("- name: Ada\n  id: [a]\n  orcid: 12\n- id: bo\n")[1] == [
        "authors.yaml:2: `id` cannot be read: write text here, not a list",
        "authors.yaml:3: `orcid` cannot be read: '12' is not an ORCID iD: write it as 0000-0002-1825-0097",
        "authors.yaml:4: this entry has no name: add a line `name: …`",
    ]


def test_a_register_that_cannot_be_read_is_named(read_authors):
    assert read_authors("name: Ada\n") == (
        [],
        ["authors.yaml:1: is not a list: begin each author with `- name: …`"],
    )


def test_pages_gather_spellings_and_tell_namesakes_apart():
    assert by_author(workshop()) == {
        "/authors/jane-doe/": ["journal-version", "slow-lamps", "tide-tables"],
        "/authors/wei-north/": ["tide-tables"],
        "/authors/wei-south/": ["slow-lamps"],
        "/authors/wei-example/": ["harbour"],
        "/authors/eva-example/": ["harbour", "slow-lamps"],
        "/authors/the-tide-group/": ["tide-tables"],
        "/authors/doe-jane/": ["ropes"],
        "/authors/and-van-and/": ["ropes"],
        "/authors/others/": ["ropes"],
    }


def test_a_page_says_who_it_is_about():
    pages = made(authors.plan(workshop()))
    jane = pages["authors/jane-doe/index.html"]
    assert (jane.title, jane.data["aliases"], jane.data["orcid"]) == (
        "Jane Q. Doe",
        ("J. Doe", "Jane Doe"),
        "0000-0002-1825-0097",
    )
    assert [pages[f"authors/wei-{who}/index.html"].title for who in ("north", "south", "example")] == [
        "Wei Example (wei-north)",
        "Wei Example (wei-south)",
        "Wei Example",
    ]


def test_the_addresses_of_other_spellings_lead_to_the_page():
    pages = made(authors.plan(workshop()))
    assert pages["authors/j-doe/index.html"].data == {"target": "/authors/jane-doe/"}
    assert not pages["authors/j-doe/index.html"].listed


def test_an_address_that_two_people_could_mean_leads_to_neither():
    twins = [Person("Wei Li", "wei-north"), Person("Wei Li", "wei-south")]
    pages = made(
        authors.plan(
            site_with(
                twins,
                Author("Wei Li", id="wei-north"),
                Author("Wei Li", id="wei-south"),
                Author("Ada B"),
                Author("Ada-B"),
            )
        )
    )
    assert not {"authors/wei-li/index.html", "authors/ada-b/index.html"} & pages.keys()


def test_a_paper_shows_the_name_that_it_has_and_links_to_the_person():
    site = workshop()
    lamps = made(papers.plan(site, unrelated))["papers/slow-lamps/index.html"]
    assert [(link.label, link.address) for link in lamps.data["authors"]] == [
        ("J. Doe", "/authors/jane-doe/"),
        ("Wei Example", "/authors/wei-south/"),
        ("Eva Example", "/authors/eva-example/"),
    ]
    assert lamps.json_ld[0]["author"][0] == {
        "@type": "Person",
        "name": "J. Doe",
        "@id": "https://orcid.org/0000-0002-1825-0097",
    }


def site_with(people, *authors):
    papers = [Paper(f"Paper {n}", id=f"p{n}", authors=(author,)) for n, author in enumerate(authors)]
    site = site_of(papers)
    return Site(site.config, make_archive(papers, {}, {}, people), site.t)


def test_an_id_needs_no_register():
    site = site_with(
        (),
        Author("J. Doe", id="~Jane_Doe1"),
        Author("Jane Doe", id="~Jane_Doe1"),
        Author("Jane Doe", id="~Jane_Doe2"),
        Author("Jane Doe"),
    )
    assert by_author(site) == {
        "/authors/jane-doe1/": ["p0", "p1"],
        "/authors/jane-doe2/": ["p2"],
        "/authors/jane-doe/": ["p3"],
    }
    assert sorted(site.archive.authors) == ["Jane Doe", "Jane Doe (~Jane_Doe1)", "Jane Doe (~Jane_Doe2)"]


def test_an_author_without_an_id_keeps_the_address_of_the_name():
    addresses = by_author(
        site_with(
            (),
            Author("Jane Doe"),
            Author("Jane Doe", id="jane-doe"),
            Author("Bo", id="!?"),
            Author("Cy", id="?!"),
        )
    )
    assert addresses["/authors/jane-doe/"] == ["p0"]
    assert len(addresses) == 4


def test_an_orcid_tells_who_it_is():
    jane = Person("Jane Doe", orcid="0000-0002-1825-0097")
    register = register_of([jane], [])
    assert register.person(register.label(Author("J. D.", orcid="0000-0002-1825-0097"))) == jane
    assert register.person(register.label(Author("J. D."))) == Person("J. D.")


def test_a_paper_is_made_anew_when_the_register_changes():
    before, after = (
        {
            draft.path: draft.fingerprint
            for draft in drafts_of(papers.plan(site_with(people, Author("J. Doe"), Author("Bo")), unrelated))
        }
        for people in ((), [Person("Jane Doe", aliases=("J. Doe",))])
    )
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"papers/p0/index.html", "papers/p0/index.md"}


def test_a_person_may_say_which_is_the_family_name(read_authors):
    people, problems = read_authors(
        '- {name: Ana Garcia Lopez, aliases: [A. Garcia Lopez], sort: "Garcia Lopez, Ana"}\n- {name: Maps Unlimited, sort: Maps Unlimited}\n'
    )
    assert problems == []
    register = register_of(people, [])
    spellings = ("Ana Garcia Lopez", "A. Garcia Lopez", "Maps Unlimited", "Bo van Example")
    assert [register.written(Author(name)).family_first for name in spellings] == [
        "Garcia Lopez, Ana",
        "Garcia Lopez, A.",
        "Maps Unlimited",
        "van Example, Bo",
    ]


def test_a_paper_may_tell_the_parts_of_a_name():
    register = register_of([], [])
    assert register.written(Author("Ana Garcia Lopez", "Ana", "Garcia Lopez")) == ("Garcia Lopez", "Ana")
    assert register.written(Author("Maps Unlimited", family="Maps Unlimited")) == ("Maps Unlimited", "")


def test_a_sort_of_other_words_is_refused(read_authors):
    assert read_authors("- {name: Ada B. Example, sort: Example}\n")[1] == [
        "authors.yaml:1: this entry sorts 'Ada B. Example' as 'Example': write the words of the name, the family name first, as `Goot, Rob van der`"
    ]
