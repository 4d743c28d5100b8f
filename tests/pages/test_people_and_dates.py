"""What the pages of a built site say of people and dates, and what reference managers take from them."""

from html import unescape

import lxml.html
import pytest

from regesta.cli import main

PAPER = "---\nid: {id}\ntitle: {title}\nauthors: [{authors}]\n{more}---\n\nAn *abstract*.\n"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def build(tmp_path):
    """Return a function that builds the site of some papers, and one that returns the tree of a page."""
    papers = tmp_path / "content/papers"
    papers.mkdir(parents=True)
    (tmp_path / "content/archive.yaml").write_text(
        "title: Ours\nurl: https://example.org/lab/\n", encoding="utf-8"
    )

    def built(**more):
        for name, lines in more.items():
            values = {"id": name, "title": f"Paper {name}", "authors": "Ada Example", "more": ""} | lines
            (papers / f"{name}.md").write_text(PAPER.format(**values), encoding="utf-8")
        assert main(["build", "--root", str(tmp_path)]) == 0
        return lambda address: lxml.html.parse(tmp_path / "site" / address / "index.html").getroot()

    return built


def shown(element):
    return " ".join(element.text_content().split())


def test_reference_managers_find_no_day_but_that_of_publication(build):
    """Without any other date, Zotero takes the first `<time datetime>` of a page."""
    page = build(
        a={"more": "added: 2026-11-20\nfeatured: 2026-11-19\nupdated: 2026-11-21\n"},
        b={"more": "added: 2026-11-20\nfeatured: 2026-11-19\npublished: 2025-06-02\n"},
    )
    assert page("papers/a").xpath("//time") == []
    assert page("papers/b").xpath("//time/@datetime") == ["2025-06-02"]
    text = shown(page("papers/a").find(".//main"))
    assert "Listed 19 November 2026" in text
    assert "Added here 20 November 2026" in text
    assert "Updated 21 November 2026" in text


def test_many_authors_fold_after_the_first_eight(build):
    names = [f"{chr(65 + number // 26)}da {chr(65 + number % 26)}xample" for number in range(60)]
    page = build(
        many={"authors": ", ".join(names)},
        few={"authors": ", ".join(names[:8])},
        some={"more": "authors_count: 5\n"},
    )
    people = page("papers/many").xpath("//*[@class='people']")[0]
    assert [link.text for link in people.xpath("./a")] == names[:8]
    (fold,) = people.xpath("./details")
    assert shown(fold.find("summary")) == "and 52 more"
    assert [link.text for link in fold.xpath("./a")] == names[8:]
    assert page("papers/few").xpath("//*[@class='people']/details") == []
    assert shown(page("papers/some").xpath("//*[@class='people']")[0]) == "Ada Example and 4 others"
    bibtex = page("papers/some").xpath("//pre")[0].text
    assert "author    = {Example, Ada and others}," in unescape(bibtex)
    reference = shown(page("papers/many").xpath("//*[@class='reference']")[0])
    assert f"{names[19]} and 40 others. " in reference


def test_home_lists_papers_by_the_day_that_it_shows_and_says_which_that_is(build):
    page = build(
        old={"more": "published: 2017\nfeatured: 2026-01-02\n"},
        new={"more": "published: 2025-06-02\nfeatured: 2026-01-01\n"},
        listed={"more": "featured: 2026-01-03\n"},
    )
    section = page("").xpath("//section[@aria-labelledby='latest']")[0]
    assert shown(section.find("h2")) == "Latest listed"
    assert [shown(title) for title in section.findall(".//h3")] == ["Paper listed", "Paper old", "Paper new"]
    lines = [shown(line) for line in section.xpath(".//p[@class='entry-line']")]
    assert lines[0] == "3 Jan 2026Ada Examplelisted"
    assert lines[2] == "1 Jan 2026Ada Examplepublished 2 June 2025"
    assert "latest listed first" in shown(page("authors/ada-example").find(".//main"))


def test_home_with_both_kinds_of_days_says_neither(build):
    page = build(a={"more": "published: 2025-06-02\n"}, b={"more": "featured: 2026-01-03\n"})
    assert shown(page("").xpath("//h2[@id='latest']")[0]) == "Latest"


def test_home_shows_what_is_most_discussed_where_counts_are_known(build):
    page = build(a={"more": "comments: 2\n"}, b={"more": "comments: 7\n"}, c={})
    rows = page("").xpath("//section[@aria-labelledby='discussed']//li")
    assert [shown(row) for row in rows] == ["Paper b 7", "Paper a 2"]
    assert build(a={"more": ""}, b={"more": ""})("").xpath("//section[@aria-labelledby='discussed']") == []


def test_home_shows_years_or_of_few_years_months(build):
    page = build(a={"more": "published: 2025-06-02\n"}, b={"more": "published: 2025-08\n"})
    marks = page("").xpath("//ol[@class='strip']/li")
    assert [mark.xpath("string(span | a/span[1])") for mark in marks] == ["Jun", "Jul", "Aug"]
    assert page("").xpath("//ol[@class='strip']//a/@title") == ["June 2025: 1 paper", "August 2025: 1 paper"]
    page = build(c={"more": "published: 2023\n"})
    assert page("").xpath("//ol[@class='strip']//a/@href") == ["/lab/2023/", "/lab/2025/"]
    page = build(d={"more": "published: 2011\n"})
    marks = page("").xpath("//ol[@class='strip']/li")
    assert [marks[0].xpath("string(a/@title)"), len(marks)] == ["up to 2018: 1 paper", 8]


def test_without_days_of_listing_lists_are_by_publication(build):
    page = build(a={"more": "published: 2025-06-02\n"}, b={"more": "published: 2025-06-01\n"})
    assert "latest published first" in shown(page("authors/ada-example").find(".//main"))
    assert shown(page("").xpath("//h2[@id='by-date']")[0]) == "By date of publication"


def test_without_days_of_publication_the_latest_are_the_latest_listed(build):
    page = build(a={"more": "featured: 2026-01-03\n"})
    assert shown(page("").xpath("//h2[@id='latest']")[0]) == "Latest listed"


def test_the_sitemap_tells_the_day_of_a_change_and_not_that_of_publication(build, tmp_path):
    build(
        a={"more": "published: 2027-01-01\nadded: 2026-11-20\nupdated: 2026-12-01\ntags: [maps]\n"},
        b={"more": "added: 2026-12-05\n"},
    )
    days = {
        url.findtext(f"{SITEMAP}loc").removeprefix("https://example.org/lab"): url.findtext(
            f"{SITEMAP}lastmod"
        )
        for url in lxml.etree.parse(tmp_path / "site/sitemap.xml").getroot()
    }
    assert (days["/papers/a/"], days["/tags/"], days["/tags/maps/"]) == ("2026-12-01",) * 3
    assert (days["/"], days["/authors/"], days["/papers/b/"]) == ("2026-12-05",) * 3


def test_each_title_and_abstract_has_a_direction_of_its_own(build):
    page = build(a={"title": "نماذج اللغة"}, b={})
    paper = page("papers/a")
    assert paper.find(".//h1").get("dir") == "auto"
    assert paper.xpath("//section[@class='abstract']/div/@dir") == ["auto"]
    for entry in page("authors/ada-example").xpath("//li[@class='entry']"):
        assert entry.xpath("./h3/@dir | ./p/@dir") == ["auto", "auto"]
