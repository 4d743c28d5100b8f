"""What changed, day by day: nothing is told whose day is not known."""

from lxml import etree

from helpers import made, site_of
from regesta.content.paper import Paper
from regesta.pages import changes


def pages_of(*papers):
    return made(changes.plan(site_of(papers)))


def told(page):
    """Return what a page tells, by day: what happened, and the titles that it names."""
    return {
        day.day: [(group.what, group.total, [*group.titles]) for group in day.groups]
        for day in page.data["days"]
    }


def test_papers_are_added_updated_and_withdrawn():
    pages = pages_of(
        Paper("One", id="a", added="2026-11-20"),
        Paper("Two", id="b", added="2026-11-20", updated="2026-12-01"),
        Paper("Three", id="c", added="2026-10-02", updated="2026-12-01", status="withdrawn"),
        Paper("Four", id="d", added="2026-10-02", updated="2024-05-05"),
    )
    assert {
        day: groups for day, groups in told(pages["changes/index.html"]).items() if day != "2026-11-20"
    } == {
        "2026-12-01": [("updated_n", 1, ["Two"]), ("withdrawn_n", 1, ["Three"])],
        "2026-10-02": [("added_n", 2, told(pages["changes/2026/10/index.html"])["2026-10-02"][0][2])],
    }
    assert [*told(pages["changes/index.html"])] == ["2026-12-01", "2026-11-20", "2026-10-02"]
    assert [*told(pages["changes/2026/12/index.html"])] == ["2026-12-01"]


def test_a_withdrawal_whose_day_is_unknown_has_no_day():
    page = pages_of(Paper("One", id="a", added="2026-11-20", status="retracted"))["changes/index.html"]
    assert told(page) == {"2026-11-20": [("added_n", 1, ["One"])]}
    assert [(group.what, [*group.titles]) for group in page.data["undated"]] == [("retracted_n", ["One"])]


def test_many_papers_of_a_day_are_not_named_but_linked():
    pages = pages_of(*(Paper(f"P{n}", id=f"p{n}", added="2026-11-20") for n in range(20)))
    ((group,),) = (day.groups for day in pages["changes/index.html"].data["days"])
    assert (group.total, [*group.papers], group.address) == (20, [], "/added/2026-11-20/")


def test_the_feed_has_an_item_for_each_day():
    pages = pages_of(
        Paper("One & <two>", id="a", added="2026-11-20"),
        Paper("Three", id="b", added="2026-10-02", updated="2026-12-01", status="withdrawn"),
    )
    channel = etree.fromstring(pages["changes/feed.xml"]).find("channel")
    items = [(item.findtext("title"), item.findtext("description")) for item in channel.iterfind("item")]
    assert items == [
        ("Changes on 1 December 2026", "1 paper withdrawn"),
        ("Changes on 20 November 2026", "1 paper added"),
        ("Changes on 2 October 2026", "1 paper added"),
    ]
    content = channel.findall("item")[1].findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "/papers/a/" in content
    assert "One &amp; &lt;two&gt;" in content


def test_an_archive_that_knows_no_day_has_no_changes():
    assert pages_of(Paper("One", id="a", status="withdrawn")) == {}
