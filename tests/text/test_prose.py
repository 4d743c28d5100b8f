"""Scraped text becomes a title, or Markdown that shows exactly the author's text."""

import pytest
from hypothesis import assume, example, given

from helpers import nasty_texts
from regesta.content.paper import Paper
from regesta.content.paper_files import dump, parse
from regesta.text.formulas import plain, runs
from regesta.text.links import find_links, unmask
from regesta.text.markdown import abstract_html, plain_text
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.strings import one_line
from regesta.text.tex import restore


def shown(raw):
    """Return the characters that a reader should see of a scraped text."""
    return " ".join(plain(restore(unmask(one_line(raw)))).split())


@pytest.mark.parametrize(
    ("raw", "markdown"),
    [
        ("Albertina PT-*, and MCTS* twice", r"Albertina PT-\*, and MCTS\* twice"),
        ("models of <0.5B parameters", "models of <0.5B parameters"),
        ("a <b>bold</b> claim", r"a \<b>bold\</b> claim"),
        ("p(caption|image)", "p(caption|image)"),
        ("snake_case stays, _this_ would not", r"snake_case stays, \_this\_ would not"),
        ("1. First. 2. Second.", r"1\. First. 2. Second."),
        ("12) First", r"12\) First"),
        ("2 OLMo 2 Furious", "2 OLMo 2 Furious"),
        ("- a dash", r"\- a dash"),
        ("> a quotation", r"\> a quotation"),
        ("# of parameters", r"\# of parameters"),
        ("AT&amp;T and A & B", r"AT\&amp;T and A & B"),
        ("[text](https://a.example)", r"[text\](<https://a.example>)"),
        ("cost $5, `code`, back\\slash", r"cost \$5, \`code\`, back\\slash"),
        ("with $x_1 * x_2$ in it", "with $x_1 * x_2$ in it"),
        ("Code: https://github.com/a/b_c.", "Code: <https://github.com/a/b_c>."),
        ("two\nlines  and\ttabs", "two lines and tabs"),
    ],
)
def test_markdown_shows_what_the_author_wrote(raw, markdown):
    assert abstract_markdown(raw) == markdown
    assert plain_text(markdown) == shown(raw)


@given(nasty_texts(10))
@example("https://a.example/%C3%A9 says it")
def test_any_text_is_shown_as_it_is(raw):
    text = restore(unmask(one_line(raw)))
    formulas, addresses = (
        [run.tex for run in runs(text) if run.tex],
        [text[link.start : link.end] for link in find_links(text)],
    )
    assume(not any(find_links(formula) for formula in formulas))  # then it is money, or broken
    assume(not any("$" in address for address in addresses))  # then it belongs to the address
    assert plain_text(abstract_markdown(raw)) == shown(raw)


@given(nasty_texts(10))
def test_no_text_becomes_markup(raw):
    html = abstract_html(abstract_markdown(raw))
    assert html == "" or (html.startswith("<p>") and html.count("<p>") == 1)
    for tag in ("<em>", "<strong>", "<img", "<script", "<h1", "<li>", "<hr", "<pre", "<blockquote", "<br"):
        assert tag not in html


@given(nasty_texts(), nasty_texts(10))
@example("A~tie", "\\, thin")
def test_what_an_import_writes_is_read_back_as_it_was(raw_title, raw_abstract):
    paper = Paper(id="a", title=title_text(raw_title) or "Untitled", abstract=abstract_markdown(raw_abstract))
    assert parse(dump(paper), "a", "a.md") == paper


def test_a_title_is_plain_text_that_may_hold_mathematics():
    assert (
        title_text(" PanGu-$α$:\n Met^2Net~Rocks 100\\% * <b> ") == "PanGu-$α$: Met$^2$Net Rocks 100% * <b>"
    )
