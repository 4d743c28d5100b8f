"""What `regesta check` reads in HTML from anybody; odd pages are read as a browser reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.checking.markup import line_of_link, line_of_second, read_markup


@pytest.mark.parametrize(
    ("html", "ids"),
    [
        ("<p id=a><p ID='b'><p\nid\n=\n\"c\">", ["a", "b", "c"]),
        ("<p class=x id=a/><p/id=b>", ["a/", "b"]),
        ("<p title=it's id=a>", ["a"]),
        ('<p title=">" id=a>', ["a"]),
        ("<p title='\"<p id=no>' id=a>", ["a"]),
        ('<p title="x"id="a">', ["a"]),
        ("<p id=a id=b>", ["a"]),
        ("<p id='a&amp;b &eacute;'>", ["a&b é"]),
        ("<p id><p id=''><p id=a>", ["a"]),
        ("<p\vid=a>", []),
        ("<p\fid=a>", ["a"]),
        ("< p id=a><1 id=b>", []),
        ("<p<p id=a>", ["a"]),
        ("<div<style><p id=a>", ["a"]),
        ("<!-- <p id=no> --><p id=a>", ["a"]),
        ("<!--><p id=a><!---><p id=b><!-- --!><p id=c>", ["a", "b", "c"]),
        ("<!-- <p id=no>", []),
        ("<!doctype <p id=no><p id=a><?php <p id=no>", ["a"]),
        ("</p <p id=no><p id=a></3 <p id=no>", ["a"]),
        ("<script><p id=no></script><p id=a>", ["a"]),
        ("<SCRIPT id=s>'</style><p id=no>'</Script ><p id=a>", ["s", "a"]),
        ("<script></scripts><p id=no></script/><p id=a>", ["a"]),
        ("<scripts><p id=a>", ["a"]),
        ("<style><p id=no></style><textarea><p id=no></textarea><title><p id=no></title><p id=a>", ["a"]),
        ("<script><p id=no>", []),
    ],
)
def test_elements_are_found_where_a_browser_finds_them(html, ids):
    assert read_markup(html).ids == ids


@pytest.mark.parametrize(
    "html",
    [
        "<template><a id=a href=/x></template>",
        "<form><form action=/x id=a></form></form>",
        "<tr id=a><td><a href=/x></td></tr>",
        "<p><b id=a>one<p>two<p><a href=/x>",
    ],
)
def test_an_element_counts_once_where_it_is_written(html):
    """Browsers drop some of these, and repeat others: a check that did so would miss what themes do wrong."""
    page = read_markup(html)
    assert (page.ids, page.links) == (["a"], ["/x"])


def test_what_links_and_loads():
    html = """
    <link rel=stylesheet href=/a.css><link rel=Canonical href=" https://e.example/ "><base href="/base/">
    <meta http-equiv=Refresh content="5; URL='/b/'"><meta name=og:image content=https://e.example/c.png>
    <meta name=description content="https://e.example/ is a site"><meta name=description content="0; url=/no/">
    <a href=" d/&amp;x ">d</a><img src=e.png><form action=/f/><button formaction=/g/></form>
    <object data=h.svg></object><video poster=i.png src=j.mp4></video><p data=no cite=no><svg><use href="#k"/></svg>
    """
    page = read_markup(html)
    assert page.links == "/a.css /b/ https://e.example/c.png d/&x e.png /f/ /g/ h.svg i.png j.mp4 #k".split()
    assert (page.canonical, page.base) == ("https://e.example/", "/base/")


def test_the_first_title_is_the_page_s():
    assert read_markup("<title lang=en>\n A &amp;\n B </title><svg><title>C</title></svg>").title == "A & B"
    assert read_markup("<title>A").title == "A"


@pytest.mark.parametrize(
    ("content", "is_listed"),
    [("noindex", False), ("NoFollow, NoIndex", False), ("none", False), ("nofollow", True)],
)
def test_pages_that_search_engines_are_to_pass_over(content, is_listed):
    assert read_markup(f'<meta name="Robots" content="{content}">').is_listed is is_listed


def test_lines_are_counted_to_the_tag():
    html = '<p id=a\n>\n<a href="x">\n<p\nid=a><meta property=og:url content=https://e.example/>'
    assert line_of_link(html, "x") == 3
    assert line_of_second(html, "a") == 4
    assert line_of_link(html, "https://e.example/") == 5
    assert line_of_link(html, "y") == line_of_second(html, "b") == 0


def test_the_line_is_that_of_a_link_and_not_of_the_same_canonical_address():
    html = "<link rel=canonical href=https://e.example/>\n<meta property=og:url content=https://e.example/>"
    assert line_of_link(html, "https://e.example/") == 2


@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.sampled_from("\"'"))))
def test_whatever_is_written_in_an_attribute_is_read(values):
    def quoted(value, mark):
        return mark + value.replace("&", "&amp;").replace(mark, f"&#{ord(mark)};") + mark

    html = "".join(
        f"<p title={quoted(other, mark)} id={quoted(name, mark)}>{mark}" for name, other, mark in values
    )
    assert read_markup(html).ids == [name for name, _, _ in values]


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<a<", "<a b='", "<a =", "<!--", "</a ", "<title>", "<script></scrip "]
)
def test_long_nonsense_takes_no_longer_than_other_text(piece):
    read_markup(piece * 100_000)  # would take minutes if each piece began a search to the end
