"""Rendering: what becomes of a template's values, none of which can become markup."""

import re

import pytest
from jinja2.defaults import DEFAULT_FILTERS
from markupsafe import Markup

from helpers import REPOSITORY, english
from regesta.building import render
from regesta.building.render import Renderer
from regesta.building.themes import find_theme
from regesta.content.config import Config
from regesta.errors import RegestaError
from regesta.pages.catalogue import Catalogue
from regesta.pages.page import Link, ListEntry, ListItem, Page

NASTY = """<b a="1" c='2'>&</script>"""
SAFE = "&lt;b a=&#34;1&#34; c=&#39;2&#39;&gt;&amp;&lt;/script&gt;"


def theme_of(root, templates):
    """Return a theme with these templates, by name; the rest is the default's."""
    folder = root / "themes" / "ours"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("extends: default\n", encoding="utf-8")
    for name, text in templates.items():
        (folder / "templates" / name).write_text(text, encoding="utf-8")
    return find_theme("ours", root)


def renderer_of(theme, **shared):
    config = Config(title="Our papers", url="https://example.org/lab/")
    navigation = {"ways": [], "way_addresses": [], "own_pages": [], "listed_by": "published"}
    return Renderer(theme, config, english(), navigation | shared)


@pytest.fixture
def fill(tmp_path):
    """Return a function that renders one template's text with some data."""
    return lambda template, **data: (
        renderer_of(theme_of(tmp_path, {"a.html": template})).render(Page("/", "a.html", "A", data)).decode()
    )


def item(name, **values):
    texts = {
        "id": name,
        "address": f"/papers/{name}/",
        "title": name,
        "day": "",
        "year": "",
        "noted": "",
        "pdf": "",
        "code": "",
        "organization": "",
    }
    others = {
        "people": (),
        "authors_count": None,
        "tags": (),
        "comments": None,
        "upvotes": None,
        "lead": "",
        "status": "",
    }
    return ListEntry(name, name, lambda: ListItem(**(texts | others | values)))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ value }}", SAFE),
        ('<a title="{{ value }}">', f'<a title="{SAFE}">'),
        ("{{ data.value }}{{ data['value'] }}", SAFE * 2),
        ("{{ value | href }}", f"/lab/{SAFE}"),
        ("{{ value | absolute }}", f"https://example.org/lab/{SAFE}"),
        ("{{ 'shared_words' | t(words=value) }}", f"both on: {SAFE}"),
        ("{{ link | link }}", f'<a href="/lab/{SAFE}">{SAFE}</a>'),
        ("{{ [link, link] | links }}", ", ".join([f'<a href="/lab/{SAFE}">{SAFE}</a>'] * 2)),
        ("{{ [value, 'b'] | join(', ') }}", f"{SAFE}, b"),
        ("{{ ['a', 'b'] | join(value) }}", f"a{SAFE}b"),
        ("{{ value ~ '!' }}", f"{SAFE}!"),
        ("{% set kept %}{{ value }}{% endset %}{{ kept }}", SAFE),
        ("{% macro show(text) %}{{ text }}{% endmacro %}{{ show(value) }}", SAFE),
        ("{{ value if value else '' }}{{ value | trim }}", SAFE * 2),
    ],
)
def test_no_value_becomes_markup(fill, template, expected):
    assert fill(template, value=NASTY, data={"value": NASTY}, link=Link(NASTY, NASTY)) == expected


def test_only_html_of_the_planner_stays_as_it_is(fill):
    assert (
        fill("{{ value | html }}|{{ [value | html, value] | join(', ') }}", value="<b>&</b>")
        == "<b>&</b>|<b>&</b>, &lt;b&gt;&amp;&lt;/b&gt;"
    )


def test_a_links_label_is_text_whatever_it_claims(fill):
    links = [Link(Markup("<b>"), "/a/"), Link("<b>", "/a/")]
    assert (
        fill("{% for link in links %}{{ link | link }}{% endfor %}", links=links)
        == '<a href="/lab/a/">&lt;b&gt;</a>' * 2
    )


def test_json_cannot_end_its_script(fill):
    assert (
        fill("{{ data | json }}", data={"name": "</script>&\u2028é"})
        == '{"name":"\\u003c/script\\u003e\\u0026\\u2028é"}'
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, "3"), (1.5, "1.5"), (True, "True"), (None, "None"), ("", ""), (["<"], "[&#39;&lt;&#39;]")],
)
def test_what_is_not_text_is_shown_as_python_writes_it(fill, value, shown):
    assert fill("{{ value }}", value=value) == shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ [1, 2] | join('-') }}", "1-2"),
        ("{{ links | join(', ', attribute='label') }}", "A, B"),
        ("{{ links | map(attribute='label') | join(', ') }}", "A, B"),
        ("{{ 'abc' | join(d='.') }}", "a.b.c"),
        ("{{ [] | join(', ') }}", ""),
    ],
)
def test_values_are_joined_as_in_any_jinja_template(fill, template, shown):
    assert fill(template, links=[Link("A", "/a/"), Link("B", "/b/")]) == shown


def test_an_entry_of_plain_data_hides_a_method_of_its_name(fill):
    assert fill("{{ data.items }} {{ data.keys() | first }}", data={"items": 5}) == "5 items"


@pytest.mark.parametrize(
    "template",
    [
        "\n{{ nowhere }}",
        "\n{{ data.nowhere }}",
        "\n{{ page.nowhere }}",
        "\n{{ [nowhere] | join }}",
        "\n{% for a in nowhere %}{% endfor %}",
    ],
)
def test_an_unknown_name_is_an_error_with_its_line(tmp_path, template):
    theme = theme_of(tmp_path, {"a.html": template})
    with pytest.raises(RegestaError, match=r"themes/ours/templates/a\.html:2: "):
        renderer_of(theme).render(Page("/", "a.html", "A", {"data": {}}))


@pytest.mark.parametrize(
    ("template", "what"), [("\n{{ 1 / 0 }}", "ZeroDivisionError"), ("\n{{ 'a' + 1 }}", "TypeError")]
)
def test_a_mistake_in_arithmetic_is_one_in_the_template(tmp_path, template, what):
    with pytest.raises(RegestaError, match=rf"themes/ours/templates/a\.html:2: {what}"):
        renderer_of(theme_of(tmp_path, {"a.html": template})).render(Page("/", "a.html", "A"))


def test_a_mistake_in_a_part_is_reported_there(tmp_path):
    theme = theme_of(tmp_path, {"_colophon.html": "\n\n{{ nowhere }}"})
    with pytest.raises(
        RegestaError, match=r"themes/ours/templates/_colophon\.html:3: 'nowhere' is undefined"
    ):
        renderer_of(theme).render(Page("/404.html", "404.html", "Not found", {"tags": []}))


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ 'abstract' | t }}", "Abstract"),
        ("{{ 'abstract' | t | upper }}", "ABSTRACT"),
        ("{{ 'abstract' | t ~ '<' }}", "Abstract&lt;"),
        ("{{ 'authors_n' | t(n=2) }}", "2 authors"),
        ("{{ '/a?b&c' | href }}", "/lab/a?b&amp;c"),
        ("{{ '/a' | replace('/', '&') }}", "&amp;a"),
        ("{{ ['a', '<'] | join('&') }}", "a&amp;&lt;"),
        ("{{ 'a' if '' | href == '/lab/' else 'b' }}", "a"),
        ("{% autoescape false %}{{ '/a&b' | href }}{% endautoescape %}", "/lab/a&b"),
        ("{% macro m() %}{{ '/a' | href }}, {% endmacro %}{{ m() }}{{ m() }}", "/lab/a, /lab/a, "),
    ],
)
def test_a_filter_on_a_constant_is_as_any_other(fill, template, shown):
    assert fill(template) == shown


def test_a_compiled_filter_on_a_constant_fails_only_where_it_is_shown(tmp_path):
    """The code is the same for all settings; with others, a word may be missing."""
    compiled, template = {}, "{% if value %}\n{{ 'ours' | t }}{% endif %}"
    theme = theme_of(tmp_path, {"a.html": template})

    class Compiled:
        get = staticmethod(lambda path, _: compiled.get(path))
        put = staticmethod(lambda path, _, code: compiled.setdefault(path, code))

    def shown(words, value):
        words = Catalogue(english().strings | words)
        renderer = Renderer(theme, Config(title="Our papers"), words, {}, Compiled)
        return renderer.render(Page("/", "a.html", "A", {"value": value})).decode()

    assert shown({"ours": "one"}, True) == "one"
    assert shown({"ours": "<two>"}, True) == "&lt;two&gt;"
    assert shown({}, False) == ""
    with pytest.raises(RegestaError, match="has no text for 'ours'"):
        shown({}, True)
    assert len(compiled) == 1


def test_escaping_can_be_left_to_a_template(fill):
    assert (
        fill("{% autoescape false %}{{ value }}{{ value | e }}{% endautoescape %}{{ value }}", value="<")
        == "<&lt;&lt;"
    )


def test_the_frame_marks_the_way_in_that_the_page_is_or_belongs_to():
    ways = [Link("Tags", "/tags/"), Link("Dates", "/dates/")]
    renderer = renderer_of(find_theme("default", REPOSITORY), ways=ways, way_addresses=["/tags/", "/dates/"])

    def marked(address, *crumbs):
        html = renderer.render(Page(address, "404.html", "A", {"tags": []}, crumbs=crumbs)).decode()
        return re.findall(r'<a href="/lab/(\w+)/" aria-current="(\w+)"', html)

    assert marked("/tags/") == [("tags", "page")]
    assert marked("/tags/maps/", ways[0]) == [("tags", "true")]
    assert marked("/2025/10/", ways[1], Link("2025", "/2025/")) == [("dates", "true")]
    assert marked("/elsewhere/") == []


def test_of_many_ways_in_the_masthead_shows_the_first_and_the_one_that_the_page_belongs_to():
    ways = [Link(name.title(), f"/{name}/") for name in "abcdefgh"]
    shared = {"ways": ways, "way_addresses": [way.address for way in ways]}
    renderer = renderer_of(find_theme("default", REPOSITORY), **shared)

    def shown(address):
        html = renderer.render(Page(address, "404.html", "A", {"tags": []})).decode()
        masthead, colophon = html.split("</header>")[0], html.split("<footer")[1]
        assert all(f">{way.label}</a>" in colophon for way in ways)
        parts = re.split("<details|</details>", masthead.split("<nav")[1])
        return [re.findall(r">(\w+)</a>", part) for part in parts]

    assert shown("/x/") == [["A", "B", "C", "D", "E"], ["F", "G", "H"], ["Saved", "Search"]]
    assert shown("/g/") == [["A", "B", "C", "D", "E", "G"], ["F", "H"], ["Saved", "Search"]]


def test_a_theme_can_replace_a_part_of_every_page(tmp_path):
    theme = theme_of(
        tmp_path,
        {
            "_colophon.html": "<footer>{{ site.title }}</footer>",
            "item.html": "<li>{{ item.title | html }}</li>",
        },
    )
    html = renderer_of(theme).render(list_page("one", "two")).decode()
    assert "<footer>Our papers</footer>" in html
    assert "<li>one</li><li>two</li>" in html.replace("\n", "")


def list_page(*names):
    groups = [{"heading": "", "anchor": "", "items": [item(name) for name in names]}]
    pager = {"all": [], "first": "", "before": "", "after": "", "here": "2025"}
    data = {
        "title": "A",
        "is_first": True,
        "order": "",
        "bars": [],
        "tags": [],
        "authors": [],
        "takeaways": [],
        "feed": "",
        "count": 2,
        "groups": groups,
        "pager": pager,
    }
    return Page("/a/", "list.html", "A", data)


def test_a_full_store_of_parts_changes_nothing(monkeypatch):
    theme = find_theme("default", REPOSITORY)
    pages = [list_page("one", "two"), list_page("two", "three"), list_page("one", "three")]
    ample = renderer_of(theme)
    expected = [ample.render(page) for page in pages]
    monkeypatch.setattr(render, "_HELD", 2)
    scarce = renderer_of(theme)
    assert [scarce.render(page) for page in pages] == expected


def test_every_filter_of_ours_is_documented():
    ours = renderer_of(find_theme("default", REPOSITORY))._environment.filters.keys() - DEFAULT_FILTERS.keys()
    text = (REPOSITORY / "docs" / "themes.md").read_text(encoding="utf-8")
    assert {"href", "t", "item"} < ours
    assert [name for name in ours if f"\\| {name}" not in text] == []


@pytest.mark.parametrize("text", ["plain", "naïve", "日本語", "🙂 \u202f"])
def test_a_page_is_utf_8(fill, text):
    assert fill("<p>{{ text }}</p>{{ text | html }}", text=text) == f"<p>{text}</p>{text}"
