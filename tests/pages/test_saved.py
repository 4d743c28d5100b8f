"""The page of saved papers, what home tells of additions."""

from helpers import made, site_of, tiny_site
from regesta.content.paper import Paper
from regesta.pages import saved
from regesta.pages.home import plan_home


def test_the_page_is_an_empty_frame_that_search_engines_leave_out():
    page = made(saved.plan(tiny_site()))["saved/index.html"]
    assert (page.address, page.listed, dict(page.data)) == ("/saved/", False, {})


def test_without_the_setting_there_is_no_page():
    assert made(saved.plan(tiny_site(saved=False))) == {}


def test_home_has_the_latest_days_on_which_papers_were_added():
    papers = [Paper("A", id=f"p{day}", added=f"2026-11-{day:02}") for day in range(1, 13)]
    added = plan_home(site_of([*papers, Paper("B", id="b", added="2026-11-12")])).make().data["added"]
    assert added["address"] == "/added/2026-11-12/"
    assert added["counts"].split(" ")[:3] == ["13", "2026-11-12:2", "2026-11-11:1"]
    assert len(added["counts"]) < 200


def test_home_says_nothing_of_days_that_are_not_known():
    assert plan_home(site_of([Paper("A", id="a")])).make().data["added"] == {}
