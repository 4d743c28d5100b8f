"""Markdown to HTML and to plain text. Abstracts come from strangers: no raw HTML, no images, only safe links."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from regesta.mathml import mathml, plain_tex
from regesta.tex import MATHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

#: One paragraph without anything that Markdown could take for markup, as most abstracts are: the parser is not needed.
_PLAIN = re.compile(r"[A-Za-z“\"(][^\\`*_\[\]<>&$\n]*(?<! )")
#: An address in angle brackets that needs no escaping: such a paragraph is as good as plain.
_LINK = re.compile(r"<(https?://[A-Za-z0-9./~#?=+_-]+)>")
#: What markup may begin with, and markup itself, which a cut could tear in two.
_HINT, _MARKUP = re.compile(r"[*`_\]\n]"), re.compile(r"(?<!\\)[*`]|(?<![A-Za-z0-9\\])_|(?<!\\)\](?=\()|\n")
_DISPLAY = re.compile(r"\$\$([^$]+)\$\$")
_LEAD = range(120, 340)  # characters of an abstract that a list shows at once
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]”][.!?]) (?=[A-Z“\"])")


class _Parser(MarkdownIt):
    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's own name
        """Show an address as it is written, `%C3%A9` and all."""
        return link


@cache
def _parser(*, images: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False})
    parser.inline.ruler.before("escape", "maths", _maths)
    parser.add_render_rule("maths", lambda _, tokens, index, *__: mathml(tokens[index].content, **tokens[index].meta))
    return parser if images else parser.disable(["image", "reference"])


def _maths(state: StateInline, silent: bool) -> bool:
    """Read `$TeX$` by the rule that `prose.escape` wrote it by, and `$$TeX$$` on a line of its own."""
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


def abstract_html(text: str) -> str:
    """Return a stranger's Markdown (an abstract, a note) as HTML."""
    if _PLAIN.fullmatch(_LINK.sub("", text)):
        return "<p>" + _LINK.sub(r'<a href="\1">\1</a>', text.replace('"', "&quot;")) + "</p>\n"
    return str(_parser(images=False).render(text))


def page_html(text: str) -> str:
    """Return the curator's own Markdown (an introduction, a page) as HTML; images are allowed."""
    return str(_parser(images=True).render(text))


def plain_text(text: str) -> str:
    """Return Markdown as plain text on one line, its formulas as text."""
    if _PLAIN.fullmatch(_LINK.sub("", text)):
        return " ".join(_LINK.sub(r"\1", text).split())
    return " ".join("".join(_texts(_parser(images=False).parse(text))).split())


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

    The cut falls between sentences where one ends within about three lines, else between words (which an ellipsis on
    both sides shows); never in a formula.
    """
    paragraph, _, others = text.partition("\n\n")
    if len(paragraph) <= _LEAD.stop:
        return paragraph, others.strip()
    if _HINT.search(paragraph) and _MARKUP.search(paragraph):
        return "", text
    ends = [m.start() for m in _SENTENCE.finditer(paragraph, _LEAD.start, _LEAD.stop) if not _is_open(paragraph[: m.start()])]
    if ends:
        return paragraph[: ends[-1]], text[ends[-1] :].strip()
    words = [m.start() for m in re.finditer(" ", paragraph[: _LEAD.stop]) if not _is_open(paragraph[: m.start()])]
    return (f"{paragraph[: words[-1]]} …", f"… {text[words[-1] :].strip()}") if words else (paragraph, others.strip())


def _is_open(head: str) -> bool:
    """Tell whether a formula or an address begins in head and does not end there."""
    return len(re.findall(r"(?<!\\)\$", head)) % 2 == 1 or head.rfind("<http") > head.rfind(">")


def first_words(text: str, length: int) -> str:
    """Return the beginning of a plain text, cut at a word to fit length, with an ellipsis if it was cut."""
    if len(text) <= length:
        return " ".join(text.split())
    head = text[: length - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' ,;:.')}…"

