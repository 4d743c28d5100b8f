"""RSS, Atom and JSON say the same, hold what the W3C's feed validator asks for, and name papers wherever the site lives."""

import json
import re
from dataclasses import replace
from html import unescape

import feedparser
import pytest
from lxml import etree, html

from helpers import URL, made, site_of
from regesta.content.config import load_config
from regesta.content.paper import Author, Organization, Paper
from regesta.content.saved_searches import SavedSearch
from regesta.content.taxonomy import Tag
from regesta.errors import RegestaError
from regesta.pages import feeds

ATOM, MATHML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1998/Math/MathML}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
#: RFC 4151.
TAG = re.compile(
    r"tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[A-Za-z0-9;/?:@&=+$._!~*'(),#-]*"
)
HOSTILE = (
    "<b>Bold</b> &amp; <script>alert(1)</script>",
    "Predicting the <mask> Token at AT&T",
    "]]> & < > \" ' &copy; &#60;",
    "a </p> b",
    "$\\frac13 < x$ & $\\sqrt{n}$",
    "نماذج اللغة: AraBERT و GPT-4",
)


def paper(title, paper_id="a", **values):
    return Paper(title, **({"id": paper_id, "added": "2026-11-20", "abstract": "Text."} | values))


def files(papers, taxonomy=(), **settings):
    return made(feeds.plan(site_of(papers, taxonomy, **settings)))


def items(data):
    return etree.fromstring(data).findall("channel/item")


def entries(data):
    return etree.fromstring(data).findall(f"{ATOM}entry")


def links(data):
    found = etree.fromstring(data).iter(f"{ATOM}link")
    return {link.get("rel"): link.get("href") for link in found if link.getparent().tag != f"{ATOM}entry"}


def several(count, day="2026-11-20"):
    return [paper(f"Paper {i}", f"p{day[-2:]}-{i}", added=day) for i in range(count)]


@pytest.mark.parametrize("title", HOSTILE)
def test_every_format_has_the_same_title(title):
    made_files = files([paper(title)])
    (item,), (entry,) = items(made_files["feed.xml"]), entries(made_files["atom.xml"])
    (js,) = json.loads(made_files["feed.json"])["items"]
    shown = js["title"]
    assert shown.replace("1/3", "").startswith(title.partition("$")[0])
    assert item.findtext("title") == shown or unescape(item.findtext("title")) == shown
    found = entry.find(f"{ATOM}title")
    assert (unescape(found.text) if found.get("type") == "html" else found.text) == shown
    for name in ("feed.xml", "atom.xml"):
        (read,) = feedparser.parse(made_files[name]).entries
        is_html = read.title_detail.type == "text/html"
        assert (unescape(read.title) if is_html else read.title) == shown


@pytest.mark.parametrize("title", HOSTILE)
def test_no_element_of_plain_text_looks_like_html(title):
    """The validator's rules: no end tag of HTML, and no character's name unless & is written as its number."""
    site = site_of(
        [paper(title, tags=("t",), authors=(Author(title),), venue=title, organization=Organization(title))],
        [Tag("t", title, title)],
        title=title,
        description=title,
        feed_authors=True,
        searches=(SavedSearch("one", title, "x"),),
    )
    for path, data in made(feeds.plan(site)).items():
        if path.endswith(".xml"):
            for element in etree.fromstring(data).iter():
                name = etree.QName(element).localname
                if name in ("title", "description", "subtitle", "category", "name", "summary"):
                    is_html = name == "description" and element.getparent().tag == "item"
                    texts = [element.get("label", ""), element.text or ""]
                    if not is_html and element.get("type") != "html":
                        assert not re.search(r"</\w+>", "".join(texts)), (path, name, texts)
            assert not re.search(rb"<(?:title|category|name)>[^<]*&(?:amp|lt|gt);", data), path


def test_a_description_is_html():
    (item,) = items(
        files([paper("A", abstract="The `<mask>` token where a < b; \\<unk\\> & co.")])["feed.xml"]
    )
    assert html.fromstring(f"<p>{item.findtext('description')}</p>").text_content() == (
        "The <mask> token where a < b; <unk> & co."
    )
    assert html.fromstring(item.findtext(CONTENT)).text_content().startswith("The <mask> token where a < b;")


def test_paragraphs_are_kept_and_have_their_own_direction():
    made_files = files([paper("A", abstract="One.\n\nاثنان.\n\n- three\n")])
    (item,) = items(made_files["feed.xml"])
    body = html.fromstring(f"<div>{item.findtext(CONTENT)}</div>")
    assert [(found.tag, found.get("dir")) for found in body] == [("p", "auto"), ("p", "auto"), ("ul", "auto")]


def test_formulas_are_text_in_rss_and_mathml_elsewhere():
    """Readers of RSS drop the tags of MathML, which makes 13 of a third, and the validator does not accept them in RSS."""
    made_files = files([paper("A", abstract="With $\\frac{1}{3}$ and $\\hat{x}$.\n\n$$\\sum_i x_i$$")])
    (item,), (entry,) = items(made_files["feed.xml"]), entries(made_files["atom.xml"])
    assert "With 1/3 and x̂." in item.findtext(CONTENT)
    assert "<math" not in item.findtext(CONTENT)
    assert len(entry.findall(f".//{MATHML}math")) == 3
    assert entry.find(f".//{MATHML}mfrac") is not None
    assert entry.findtext(f"{ATOM}summary").startswith("With 1/3 and x̂.")
    (js,) = json.loads(made_files["feed.json"])["items"]
    assert js["content_html"].count("<math ") == 3


def test_a_wide_formula_has_no_box_in_a_feed():
    """On a page it scrolls in one that the keyboard reaches; a reader has styles of its own."""
    wide = "$$\\hat\\theta = \\arg\\min_\\theta L(\\theta) + a_1 + a_2 + a_3 + a_4 + a_5 + a_6$$"
    made_files = files([paper("A", abstract=f"Of text.\n\n{wide}")])
    (js,) = json.loads(made_files["feed.json"])["items"]
    for content in (made_files["feed.xml"], made_files["atom.xml"], js["content_html"].encode()):
        assert not re.search(rb"tabindex|<span", content)
    assert '<p dir="auto"><math ' in js["content_html"]


def test_an_item_says_in_which_language_its_paper_is():
    made_files = files([paper("A", language="pt-BR"), paper("B", "b"), paper("C", "c", language="arz")])
    languages = [
        item.findtext("{http://purl.org/dc/elements/1.1/}language") for item in items(made_files["feed.xml"])
    ]
    assert languages == [item.get("language") for item in json.loads(made_files["feed.json"])["items"]]
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert languages == [entry.get(xml_lang) for entry in entries(made_files["atom.xml"])]
    assert sorted(languages, key=str) == [None, None, "pt-BR"]


def test_a_character_that_could_not_be_read_is_a_box():
    """The validator takes U+FFFD for a fault of the feed."""
    for path, data in files([paper("A \ufffd", abstract="B \ufffd", authors=(Author("C\ufffd"),))]).items():
        assert "\ufffd" not in data.decode(), path
    (js,) = json.loads(files([paper("A \ufffd")])["feed.json"])["items"]
    assert js["title"] == "A \u25a1"


@pytest.mark.parametrize(
    "tex",
    [
        "\\boxed{x}",
        "\\hat{x} + \\underbrace{a}_n",
        "\\max_x \\left(\\frac{a}{b}\\right)",
        "\\overline{x}",
        '\\text{ form="x" <b>}',
    ],
)
def test_mathml_in_atom_has_nothing_that_the_validator_does_not_know(tex):
    (entry,) = entries(files([paper("A", abstract=f"With ${tex}$.")])["atom.xml"])
    for element in entry.find(f".//{MATHML}math").iter():
        assert etree.QName(element).localname != "menclose"
        assert not {"accent", "accentunder", "form", "movablelimits"} & {*element.attrib}


def test_links_in_an_abstract_are_full_addresses():
    text = "[a](/tags/x/) [b](../y/?z=1&w=2) [c](#d) [e](https://e.example/) [f](mailto:f@example.org)"
    (item,) = items(files([paper("A", abstract=text)])["feed.xml"])
    assert html.fromstring(item.findtext(CONTENT)).xpath("//@href") == [
        "https://example.org/tags/x/",
        f"{URL}papers/y/?z=1&w=2",
        f"{URL}papers/a/#d",
        "https://e.example/",
        "mailto:f@example.org",
    ]


def ids(made_files):
    """Return the ids of all items and feeds, by file."""
    found = {}
    for path, data in made_files.items():
        if path.endswith(".json"):
            found[path] = [item["id"] for item in json.loads(data)["items"]]
        else:
            root = etree.fromstring(data)
            found[path] = [element.text for element in (*root.iter("guid"), *root.iter(f"{ATOM}id"))]
    return found


def test_ids_stay_when_the_site_moves():
    papers = [replace(one, tags=("t",)) for one in (*several(6), *several(2, "2026-11-21"))]
    here = ids(files(papers, feed_size=5))
    there = ids(files(papers, feed_size=5, url="http://other.example/a/b/"))
    assert here == there
    assert all(TAG.fullmatch(one) for some in here.values() for one in some)
    assert all(len({*some}) == len(some) for some in here.values())


def test_the_curator_names_the_authority_or_keeps_the_old_address():
    by_tag = files([paper("A")], feed_id="tag:lab.example.org,2026-11-30:papers", url="https://new.example/")
    (item,) = items(by_tag["feed.xml"])
    assert item.findtext("guid") == "tag:lab.example.org,2026-11-30:papers/papers/a/"
    assert item.find("guid").get("isPermaLink") == "false"
    by_address = files([paper("A")], feed_id="https://old.example/lab/", url="https://new.example/")
    assert items(by_address["feed.xml"])[0].findtext("guid") == "https://old.example/lab/papers/a/"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("tag:lab.example.org,2026:", True),
        ("tag:us@example.org,2026-11-30:our/papers", True),
        ("https://lab.example.org/papers/", True),
        ("tag:lab.example.org:papers", False),
        ("tag:lab.example.org,2026-13:papers", False),
        ("tag:lab.example.org,2026:our papers", False),
        ("papers", False),
    ],
)
def test_a_feed_id_is_a_tag_or_an_address(text, is_right, tmp_path):
    (tmp_path / "archive.yaml").write_text(f'title: A\nfeed_id: "{text}"\n')
    if is_right:
        assert load_config(tmp_path).feed_id == text
    else:
        with pytest.raises(RegestaError, match=r"feed_id.*write a tag"):
            load_config(tmp_path)


def named(item):
    return re.findall(r'<li dir="auto"><a href="([^"]*)">([^<]*)</a></li>', item.findtext(CONTENT))


def test_a_day_of_many_papers_names_all_of_them():
    papers = [*several(60), paper("Gone & <lost>", "gone", status="retracted")]
    (item,) = items(files(papers)["feed.xml"])
    assert item.findtext("title") == "61 papers added on 20 November 2026"
    assert dict(named(item)) == {
        **{f"{URL}papers/{one.id}/": one.title for one in papers[:60]},
        f"{URL}papers/gone/": "Retracted: Gone &amp; &lt;lost&gt;",
    }


def test_a_day_of_very_many_papers_is_a_few_items():
    made_files = files(several(1201))
    first, second, third = items(made_files["feed.xml"])
    assert [len(named(item)) for item in (first, second, third)] == [500, 500, 201]
    assert first.findtext("title") == "1,201 papers added on 20 November 2026 (1 of 3)"
    assert len({item.findtext("guid") for item in (first, second, third)}) == 3
    assert len(json.loads(made_files["feed.json"])["items"]) == 2  # or it would be too large
    assert len(items(made_files["feeds/2026-11-20.xml"])) == 3


def test_history_leads_to_every_paper():
    """RFC 5005: from the latest items back, day by day, without a gap."""
    papers = [one for day in range(10, 20) for one in several(3, f"2026-11-{day}")]
    made_files = files([*papers, *several(9, "2026-11-05")], feed_size=5)
    for name in ("feed.xml", "atom.xml"):
        found, here = {one.rpartition(":")[2] for one in ids(made_files)[name]}, name
        while (older := links(made_files[here]).get("prev-archive")) is not None:
            here = older.removeprefix(URL)
            assert links(made_files[here])["current"] == f"{URL}feed.xml"
            assert etree.fromstring(made_files[here]).find(f"channel/{ARCHIVE}") is not None
            found |= {one.rpartition(":")[2] for one in ids(made_files)[here]}
        assert found - {name} == {f"papers/{one.id}/" for one in papers} | {"added/2026-11-05/"}
        assert links(made_files[here])["next-archive"] == f"{URL}feeds/2026-11-10.xml"


def test_a_paper_that_comes_changes_the_history_of_its_day_and_of_no_other():
    papers = [one for day in range(10, 20) for one in several(3, f"2026-11-{day}")]
    before, after = files(papers), files([*papers, paper("New", "new", added="2026-11-15")])
    changed = {path for path, data in after.items() if before[path] != data}
    assert changed == {"feed.xml", "atom.xml", "feed.json", "feeds/daily.xml", "feeds/weekly.xml", "feeds/2026-11-15.xml"}  # fmt: skip


def test_digests_have_an_item_for_each_day_and_each_week_that_is_over():
    papers = [*several(2, "2026-11-16"), *several(1, "2026-11-20"), *several(3, "2026-11-23")]
    made_files = files(papers)
    assert [item.findtext("title") for item in items(made_files["feeds/daily.xml"])] == [
        "3 papers added on 23 November 2026",
        "1 paper added on 20 November 2026",
        "2 papers added on 16 November 2026",
    ]
    (week,) = items(made_files["feeds/weekly.xml"])  # that of the 23rd is not over
    assert week.findtext("title") == "Week 47 of 2026: 3 papers added"
    assert week.findtext("pubDate").startswith("Sun, 22 Nov 2026")
    assert [title for _, title in named(week)] == ["Paper 0", "Paper 0", "Paper 1"] or len(named(week)) == 3


def test_atom_has_moments_that_differ_and_tells_of_revisions():
    many = [*several(50), paper("Revised", "r", added="2026-11-19", updated="2026-11-25")]
    found = entries(files(many, feed_size=60)["atom.xml"])
    assert len({entry.findtext(f"{ATOM}updated") for entry in found}) == 51
    assert found[-1].findtext(f"{ATOM}published").startswith("2026-11-19T")
    assert found[-1].findtext(f"{ATOM}updated").startswith("2026-11-25T")


def test_atom_and_json_have_what_they_must():
    made_files = files([paper("A", authors=(Author("Ada Moss"),), tags=("t",))], [Tag("t", "Trees")])
    root = etree.fromstring(made_files["atom.xml"])
    assert root.findtext(f"{ATOM}id").startswith("tag:")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert links(made_files["atom.xml"]) == {"alternate": URL, "self": f"{URL}atom.xml"}
    read = json.loads(made_files["feed.json"])
    assert (read["version"], read["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{URL}feed.json")
    (item,) = read["items"]
    assert item["authors"] == [{"name": "Ada Moss"}]
    assert (item["tags"], item["url"]) == (["Trees"], f"{URL}papers/a/")
    assert item["date_published"].startswith("2026-11-20T00:")


def test_an_empty_archive_has_feeds():
    made_files = files([])
    assert etree.fromstring(made_files["atom.xml"]).findtext(f"{ATOM}updated")
    assert json.loads(made_files["feed.json"])["items"] == []
