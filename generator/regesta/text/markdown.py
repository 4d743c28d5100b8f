"""Markdown to HTML and to plain text. Abstracts are untrusted: no raw HTML, no images, only safe links."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from regesta.text.mathml import mathml, plain_tex
from regesta.text.strings import clean, one_line
from regesta.text.tex import MATHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

#: The beginning of a paragraph that is not a heading, list or the like, and characters that may be markup.
_BEGINNING, _SPECIAL = re.compile(r"[A-Za-z“…\"(]"), "\\`*_[]<>&$\n"
#: An address in angle brackets that needs no escaping: a paragraph with only such markup is as good as plain.
_LINK = re.compile(r"<(https?://[A-Za-z0-9./~#?=+_-]+)>")
#: Characters that markup begins with, and markup itself, which a cut could split.
_HINT, _MARKUP = "*`_]\n", re.compile(r"\n|\*(?<!\\.)|`(?<!\\.)|_(?<![A-Za-z0-9\\].)|\](?<!\\.)(?=\()")
_DISPLAY = re.compile(r"\$\$([^$]+)\$\$")
_LEAD = range(120, 340)  # characters of an abstract that a list shows at once
_SENTENCE = re.compile(r" (?<=[a-z0-9)\]”][.!?] )(?=[A-Z“\"])")
_CACHED = 20_000  # abstracts whose plain text is cached: some 25 MiB
_LOWER = 3  # a paper's title in a list is a heading of the third level

#: Where a link may lead: to the web, to a mailbox, or within the site (a slash comes before any colon).
_SAFE_LINK = re.compile(r"(?:https?|mailto):|[^:/?#]*(?:[/?#]|\Z)", re.IGNORECASE)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        """Tell whether a link's address is safe."""
        return bool(_SAFE_LINK.match(url))

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's own name
        """Return an address as it is written, with escapes such as `%C3%A9`."""
        return link


@cache
def _parser(*, images: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False})
    parser.inline.ruler.before("escape", "maths", _maths)
    parser.add_render_rule("maths", _render_maths)
    if not images:
        parser.disable(["image", "reference"])
        parser.core.ruler.push("headings", _demote)
    return parser


def _demote(state: StateCore) -> None:
    """Lower an abstract's headings below those of the page or the list that shows it."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + _LOWER, 6)}"


def _maths(state: StateInline, silent: bool) -> bool:
    """Read `$TeX$` by the same rule as `prose.escape`, and `$$TeX$$` on a line of its own."""
    if state.src[state.pos] != "$":
        return False
    for kind, pattern in (("block", _DISPLAY), ("inline", MATHS)):
        match = pattern.match(state.src, state.pos)
        if match and match.end() <= state.posMax:
            if not silent:
                token = state.push("maths", "", 0)
                token.content, token.meta = match[1], {"display": kind}
            state.pos = match.end()
            return True
    return False


def _render_maths(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    return mathml(tokens[index].content, **tokens[index].meta)


def abstract_html(text: str) -> str:
    """Return untrusted Markdown (an abstract, a note) as HTML."""
    if _is_plain(text):
        return "<p>" + _LINK.sub(r'<a href="\1">\1</a>', text.replace('"', "&quot;")) + "</p>\n"
    return clean(_parser(images=False).render(text)) if text else ""  # entities can stand for any character


def _is_plain(text: str) -> bool:
    """Tell whether text is one paragraph without markup except addresses, as most abstracts are.

    Such a text does not need the parser.
    """
    bare = _LINK.sub("", text)
    if not _BEGINNING.match(bare) or bare[-1].isspace():
        return False
    return not any(map(bare.__contains__, _SPECIAL))


def page_html(text: str) -> str:
    """Return the curator's own Markdown (an introduction, a page) as HTML; images are allowed."""
    return clean(_parser(images=True).render(text))


@lru_cache(maxsize=_CACHED)
def plain_text(text: str) -> str:
    """Return Markdown as plain text on one line, its formulas as text."""
    if _is_plain(text):
        bare = _LINK.sub(r"\1", text)
        return bare if "  " not in bare and bare.isprintable() else " ".join(bare.split())
    return one_line("".join(_texts(_parser(images=False).parse(text)))) if text else ""


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


def split_lead(text: str) -> tuple[str, str]:
    """Return an abstract's Markdown as (its first sentences, the rest), both complete Markdown.

    The cut falls between sentences if one ends within about three lines, else between words, with an
    ellipsis on both sides; never in a formula.
    """
    paragraph, _, others = text.partition("\n\n")
    if len(paragraph) <= _LEAD.stop:
        return paragraph, others.strip()
    if any(map(paragraph.__contains__, _HINT)) and _MARKUP.search(paragraph):
        return "", text
    if end := _last_whole(paragraph, _SENTENCE.finditer(paragraph, _LEAD.start, _LEAD.stop)):
        return paragraph[:end], text[end:].strip()
    end = _last_whole(paragraph, re.finditer(" ", paragraph[: _LEAD.stop]))
    return (f"{paragraph[:end]} …", f"… {text[end:].strip()}") if end else (paragraph, others.strip())


def _last_whole(text: str, places: Iterable[re.Match[str]]) -> int:
    """Return the last place at which text can be cut; 0 if there is none."""
    ends = [place.start() for place in places]
    return next((end for end in reversed(ends) if not _is_open(text[:end])), 0)


def _is_open(head: str) -> bool:
    """Tell whether a formula or an address begins in head and does not end there."""
    is_in_formula = "$" in head and len(re.findall(r"(?<!\\)\$", head)) % 2 == 1
    return is_in_formula or head.rfind("<http") > head.rfind(">")


def first_words(text: str, length: int) -> str:
    """Return the beginning of a plain text, cut at a word to fit length, with an ellipsis if it was cut."""
    if len(text) <= length:
        return " ".join(text.split())
    head = text[: length - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' ,;:.')}…"
