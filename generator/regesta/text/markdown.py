"""Markdown to HTML and to plain text. Abstracts are untrusted: no raw HTML, no images, only safe links.

Most abstracts are one paragraph with no other markup than formulas, addresses and escapes: these need no parser, which
takes twenty times as long, and 20 milliseconds to import.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from regesta.text.formulas import (
    FORMULA_NAMES,
    FORMULA_PATTERN,
    Run,
    bare_formula,
    formula_html,
    formula_run,
    may_have_formulas,
    plain_tex,
    unbroken,
)
from regesta.text.patterns import pattern
from regesta.text.strings import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: The beginning of a paragraph that is not a heading, list or the like, and characters that may be markup.
_BEGINNING, _SPECIAL = re.compile(r"[A-Za-z“…\"(]"), "\\`*_[]<>&\n"
#: What needs no parser: an address in angle brackets that needs no escaping, formulas, and escaped punctuation.
_LINK_PATTERN = r"<(https?://[A-Za-z0-9./~#?=+_-]+)>"
_INLINE_PATTERN = rf"{_LINK_PATTERN}|{FORMULA_PATTERN}|\\(?P<escaped>[!-/:-@\[-`{{-~])"
_LINKED = r'<a href="\1">\1</a>'
_LINK, _INLINE = pattern(_LINK_PATTERN), pattern(_INLINE_PATTERN)
_INLINE_OR_QUOTE = pattern(f'{_INLINE_PATTERN}|"')
_UNCUT = pattern(f"<http[^>]*>|{FORMULA_PATTERN}")
#: A paragraph without any markup, whose lines do not begin like a heading, list or the like, nor end with a space.
_PLAIN_LINE = (
    r"(?:[A-Za-z“…\"(]|\d+ [A-Za-z])(?:[^\\`*_\[\]<>&$\x00-\x1f\x7f-\xa0\u2028\u2029]*[A-Za-z.,;:!?)”])?"
)
_PLAIN = pattern(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*")
_ANCHOR = pattern("</?a[^>]*>")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
#: How much of an abstract lists show: more than fits in two lines of a screen, or three of a phone, where it is clipped.
_LEAD = range(200, 300)
_SENTENCE = pattern(r" (?<=[a-z0-9)\]”][.!?] )(?=[A-Z“\"])")
_CACHED = 2_000  # abstracts whose plain text is cached: some 3 MiB


def abstract_html(text: str) -> str:
    """Return untrusted Markdown (an abstract, a note) as HTML for a page."""
    return unbroken(_html(text, formula_html))


def _html(text: str, formula: Callable[[Run], str]) -> str:
    if not _is_simple(text):
        html = _parser().render(text, {"formula": formula}) if text else ""
        return clean(html)  # entities can stand for any character
    if _has_more_than_links(text):
        return f"<p>{clean(_INLINE_OR_QUOTE.sub(partial(_inline_html, formula), text))}</p>\n"
    html = text.replace('"', "&quot;")
    return f"<p>{_LINK.sub(_LINKED, html) if '<' in html else html}</p>\n"


def _is_simple(text: str) -> bool:
    """Tell whether text is one paragraph with no other markup than `_INLINE`, as most abstracts are.

    Such a text does not need the parser.
    """
    if not _BEGINNING.match(text) or text[-1].isspace() or "\n" in text:
        return False
    if not any(map(text.__contains__, _SPECIAL)):
        return True
    bare = (_INLINE if _has_more_than_links(text) else _LINK).sub("", text)
    return not any(map(bare.__contains__, _SPECIAL))


def _has_more_than_links(text: str) -> bool:
    return "$" in text or "\\" in text


def feed_html(text: str) -> str:
    """Return untrusted Markdown as HTML with formulas as text, for readers that would drop the tags of MathML."""
    return _html(text, _formula_as_text)


def feed_mathml(text: str) -> str:
    """Return untrusted Markdown as HTML with formulas as MathML, and nothing that only a page needs."""
    return _html(text, bare_formula)


def _formula_as_text(run: Run) -> str:
    return escape(plain_tex(run.tex), quote=False)


def _inline_html(formula: Callable[[Run], str], found: re.Match[str]) -> str:
    if address := found[1]:
        return f'<a href="{address}">{address}</a>'
    if found.lastgroup in FORMULA_NAMES:
        return formula(formula_run(found))
    character = found["escaped"] or '"'
    return _ESCAPES.get(character, character)


def page_html(text: str) -> str:
    """Return the curator's own Markdown (an introduction, a page) as HTML; images are allowed."""
    if _PLAIN.fullmatch(text):
        quoted = text.replace('"', "&quot;")
        return clean(f"<p>{quoted}</p>\n")
    return clean(_parser(images=True).render(text)) if text else ""


@lru_cache(maxsize=_CACHED)
def plain_text(text: str) -> str:
    """Return Markdown as plain text on one line, its formulas as text."""
    if not _is_simple(text):
        return one_line("".join(_texts(_parser().parse(text)))) if text else ""
    if _has_more_than_links(text):
        return one_line(_INLINE.sub(_inline_text, text))
    bare = _LINK.sub(r"\1", text) if "<" in text else text
    return bare if "  " not in bare and bare.isprintable() else " ".join(bare.split())


def _inline_text(found: re.Match[str]) -> str:
    if found.lastgroup in FORMULA_NAMES:
        return plain_tex(formula_run(found).tex)
    return found[1] or found["escaped"]


def _parser(*, images: bool = False) -> MarkdownIt:
    from regesta.text.markdown_parser import parser

    return parser(images=images)


def _texts(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "maths":
            yield plain_tex(token.content)
        elif token.type == "inline":
            yield from _texts(token.children or [])
            yield "\n"
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif not token.children:
            yield token.content


def lead_html(text: str) -> str:
    """Return the beginning of an abstract as HTML for a list, in which nothing takes the focus: no link, no box that scrolls.

    It is cut between sentences if one ends at a good place, else between words, never in a formula. Of an abstract
    with other markup than formulas and addresses, the beginning of its plain text is returned.
    """
    paragraph = text.partition("\n\n")[0]
    if not _is_simple(paragraph):
        return escape(first_words(plain_text(text), _LEAD.stop))
    html = _html(_cut(paragraph), bare_formula).removeprefix("<p>").removesuffix("</p>\n")
    return unbroken(_ANCHOR.sub("", html) if "<a" in html else html)


def _cut(paragraph: str) -> str:
    if len(paragraph) <= _LEAD.stop:
        return paragraph
    if end := _last_whole(paragraph, _SENTENCE.finditer(paragraph, _LEAD.start, _LEAD.stop)):
        return paragraph[:end]
    end = _last_whole(paragraph, re.finditer(" ", paragraph[: _LEAD.stop]))
    return f"{paragraph[:end].rstrip()} …" if end else paragraph


def _last_whole(text: str, places: Iterable[re.Match[str]]) -> int:
    """Return the last place at which text can be cut: not in a formula or an address; 0 if there is none."""
    ends = [place.start() for place in places]
    if ends and _may_have_spans(text):
        before = takewhile(lambda found: found.start() < ends[-1], _UNCUT.finditer(text))
        spans = [found.span() for found in before]
        ends = [end for end in ends if not any(start < end < stop for start, stop in spans)]
    return ends[-1] if ends else 0


def _may_have_spans(text: str) -> bool:
    return "<" in text or may_have_formulas(text)


def first_words(text: str, length: int) -> str:
    """Return the beginning of a plain text, cut at a word to fit length, with an ellipsis if it was cut."""
    if len(text) <= length:
        return " ".join(text.split())
    head = text[: length - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' ,;:.')}…"
