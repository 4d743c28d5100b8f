"""The parser of Markdown: markdown-it-py with formulas, and with nothing that could run or call home."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from regesta.text.formulas import FORMULA, formula_html, formula_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

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
def parser(*, images: bool) -> MarkdownIt:
    """Return the parser of abstracts, or the one of the curator's pages, which may show images."""
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
    """Read a formula."""
    found = FORMULA.match(state.src, state.pos) if state.src[state.pos] in "$\\" else None
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        run, token = formula_run(found), state.push("maths", "", 0)
        token.content, token.meta = run.tex, {"run": run}
    state.pos = found.end()
    return True


def _render_maths(_: object, tokens: Sequence[Token], index: int, __: object, env: Any) -> str:
    """Render a formula with the function that the environment may name."""
    return str(env.get("formula", formula_html)(tokens[index].meta["run"]))
