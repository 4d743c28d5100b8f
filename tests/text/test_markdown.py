"""Markdown: untrusted abstracts can run nothing; the curator's own pages may do more."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from helpers import nasty_texts
from regesta.text.markdown import abstract_html, first_words, lead_html, page_html, plain_text


def test_an_abstract_is_paragraphs_with_emphasis_code_and_lists():
    html = abstract_html("One *two* `three`.\n\n- four\n- five\n")
    assert html == "<p>One <em>two</em> <code>three</code>.</p>\n<ul>\n<li>four</li>\n<li>five</li>\n</ul>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "<!-- a comment -->",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](https://elsewhere.example/pixel.png)",
        "![x][y]\n\n[y]: https://elsewhere.example/pixel.png",
        "$\\text{<svg/onload=alert(1)>}$",
        "$\\href{javascript:alert(1)}{x}$",
        '[x](https://a.example "\\" onclick=\\"alert(1)")',
    ],
)
def test_what_strangers_write_cannot_run_or_call_home(text):
    for html in (abstract_html(text), lead_html(text)):
        tree = fromstring(f"<div>{html}</div>")
        assert not tree.xpath("//script|//img|//svg|//b|//comment()")
        for box in tree.xpath("//span[@class='wide']"):
            del box.attrib["class"], box.attrib["tabindex"]
        assert {name for element in tree.iter() for name in element.attrib} <= {"href", "title", "display"}
        assert all(re.match("https?://", address) for address in tree.xpath("//@href"))


def test_a_safe_link_is_a_link():
    assert '<a href="https://a.example/x">' in abstract_html("[x](https://a.example/x)")
    assert (
        abstract_html("<https://a.example/x_y>")
        == '<p><a href="https://a.example/x_y">https://a.example/x_y</a></p>\n'
    )


def test_the_curators_pages_may_show_images_but_no_raw_html():
    assert '<img src="/logo.png" alt="Our logo"' in page_html("![Our logo](/logo.png)")
    assert "<script>" not in page_html("<script>alert(1)</script>")


def test_mathematics_is_set_in_text():
    html = abstract_html(r"With $x_1 * y_2 * z$ and \$5 and $6.")
    assert html.count("<math") == 1
    assert "<em>" not in html
    assert html.endswith("and $5 and $6.</p>\n")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("One *two* `three` [four](https://a.example).", "One two three four."),
        ("One\ntwo  \nthree\n\n- four\n- five", "One two three four five"),
        ("Energy $x^2$ & <https://a.example/b>", "Energy x² & https://a.example/b"),
        (r"escaped \* and \_", "escaped * and _"),
        ("", ""),
    ],
)
def test_plain_text(text, plain):
    assert plain_text(text) == plain


@given(nasty_texts(10))
def test_html_and_plain_text_say_the_same(text):
    if "$" not in text and "![" not in text:
        shown = unescape(re.sub(r"<[^>]*>", " ", abstract_html(text)))
        assert "".join(shown.split()) == "".join(plain_text(text).split())


PIECES = [
    "words", '"so"', "(in brackets)", "it's", "1.", "- no list", "#1", "=", "~~", "|", "{x}", "100%", "a  b", "–", "é", "日本語", "🙂", "\t", "\u00a0",
    "<https://a.example/b_c?d=e#f>", "http://a.example", "www.a.example", "!", ":", ";", "?", "@", "^", "+", "*one*", "a_b", "\\*", "$5", "R&D", "a < b",
    "$x$", "$a_b*c*$", '$\\alpha < "b"$', "$KD^{3}$.", "$$x & y$$", "$", "$$", "$$$x$", "$ x$", "$<https://a.example>$", "costs $5 or $6",
    "$x$\u0338", "$\\nonsense{$", "$x",
    "\\_", "\\$x$", "\\\\$x$", "\\<", '\\"', "\\&", "\\a", "\\", "\\<https://a.example>", "$x\\$",
]  # fmt: skip


def looks_as_if_parsed(text):
    """A second paragraph makes the parser necessary."""
    assert abstract_html(text) == abstract_html(f"{text}\n\nOther.").removesuffix("<p>Other.</p>\n")
    assert plain_text(text) == plain_text(f"{text}\n\nOther.").removesuffix("Other.").strip()


@pytest.mark.parametrize("piece", PIECES)
def test_a_single_piece_looks_as_if_parsed(piece):
    looks_as_if_parsed(f"One {piece}, two{piece}{piece}")


@given(st.sampled_from(["A", "“", '"', "(", "-", "1.", "#"]), st.lists(st.sampled_from(PIECES), max_size=6))
def test_what_needs_no_parser_looks_as_if_parsed(first, pieces):
    looks_as_if_parsed(" ".join([f"{first}bc", *pieces]))


SENTENCE = "This sentence has some ninety characters, so that four of them are more than a list will show."


def test_a_list_shows_a_short_abstract_whole():
    assert lead_html('Short. And "sweet".') == "Short. And &quot;sweet&quot;."
    assert lead_html("") == ""


def test_a_list_cuts_a_long_abstract_between_sentences():
    assert lead_html(" ".join([SENTENCE] * 5)) == " ".join([SENTENCE] * 3)


def test_a_list_cuts_one_long_sentence_between_words():
    lead = lead_html("word " * 99 + "word")
    assert lead.endswith("word …")
    assert 250 < len(lead) < 305


def test_a_list_shows_formulas_whole_and_no_links():
    formula = "$" + "x + " * 60 + "y. Z$"
    text = f"{SENTENCE} Then {formula} follows. {SENTENCE} {SENTENCE}"
    assert lead_html(text).count("<math") == lead_html(text).count("</math>")
    linked = lead_html(f"{SENTENCE} See <https://a.example/b>. {SENTENCE} {SENTENCE}")
    assert "See https://a.example/b." in linked
    assert "<a" not in linked


def test_a_list_shows_the_words_of_what_has_markup():
    assert lead_html("*Old* words\n\n- and `code`\n- <b>") == "Old words and code &lt;b&gt;"


@given(nasty_texts(60))
def test_nothing_in_a_list_takes_the_focus(text):
    assert not re.search("<a|tabindex|<p", lead_html(text.strip()))


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [
        ("short text", 20, "short text"),
        ("just as long", 12, "just as long"),
        ("one two, three", 10, "one two…"),
        ("one two three", 9, "one two…"),
    ],
)
def test_first_words(text, length, words):
    assert first_words(text, length) == words
    assert len(words) <= length


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x()",
        "JAVASCRIPT&colon;x()",
        "data:text/html,x",
        "data:image/png;base64,x",
        "vbscript:x",
        "file:///x",
        "ms-msdt:x",
        "blob:x",
        "x:y",
    ],
)
@pytest.mark.parametrize("render", [abstract_html, page_html])
def test_links_lead_to_the_web_only(render, address):
    assert "href" not in render(f"[a]({address}) <{address}>")
    assert "src" not in render(f"![a]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/b:c",
        "HTTP://a.example",
        "mailto:ada@a.example",
        "/tags/x/",
        "../x",
        "#note",
        "?q=a:b",
    ],
)
def test_harmless_links_are_links(address):
    assert f'href="{address}"' in abstract_html(f"[a]({address})")


def test_headings_of_an_abstract_stand_below_those_of_its_page():
    assert abstract_html("# A\n\nb\n=\n\n###### C") == "<h4>A</h4>\n<h4>b</h4>\n<h6>C</h6>\n"
    assert page_html("# A") == "<h1>A</h1>\n"


def test_entities_stand_for_no_character_that_is_unwanted():
    text = "*a*&#12;&#x202e;&#xe0041;b"
    assert abstract_html(text) == "<p><em>a</em>b</p>\n"
    assert plain_text(text) == "ab"
