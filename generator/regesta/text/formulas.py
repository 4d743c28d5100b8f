r"""Text with formulas, as titles and abstracts are: `$x$` or `\(x\)` in a line, `$$x$$` or `\[x\]` on a line of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from regesta.text.mathml import mathml
from regesta.text.patterns import pattern
from regesta.text.scripts import plain_script

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

#: A formula with its delimiters. No space stands just inside single dollar signs, and no digit after them: "$5 and $6" is
#: money. An escaped delimiter is none. No formula goes on in another paragraph. Each alternative begins with its first
#: character and looks back only then: so a search skips all other characters, at a tenth of the time.
FORMULA_PATTERN = (
    r"\$\$(?<!\\\$\$)(?P<dollars>(?:[^$\n]|\n(?!\s*\n))+)\$\$"
    r"|\\\[(?<!\\\\\[)(?P<brackets>(?:[^\n]|\n(?!\s*\n))+?)(?<!\\)\\\]"
    r"|\\\((?<!\\\\\()(?P<parentheses>(?:[^\n]|\n(?!\s*\n))+?)(?<!\\)\\\)"
    r"|\$(?<![\\$]\$)(?=[^\s$])(?P<dollar>[^$\n]*?[^\s\\$])\$(?![\d$])"
)
FORMULA = pattern(FORMULA_PATTERN)
#: At most one letter, and a script of letters and digits: what `plain_formula` returns is known without the library.
_SIMPLE = pattern(r"([A-Za-zα-ω]?)(?:([_^])(?:\{([A-Za-z0-9]+|[0-9n+-]+|\*)\}|([A-Za-z0-9+*-])))?")
_TAG = pattern("<[^>]*>")
#: A formula in a line with what follows it of its word, and what comes before it.
_SET, _BEFORE = (
    pattern(r'<math display="inline">.*?</math>(-?[^\W_]{1,12})?'),
    pattern(r"(?:[^\W_]{1,12}-?)?\Z"),
)
_TOUCHING = 13  # characters of a word that the second one looks at
_WIDE = 24  # characters that fit a line of 320 pixels
FORMULA_NAMES = ("dollars", "brackets", "parentheses", "dollar")
_BLOCKS = ("dollars", "brackets")


class Run(NamedTuple):
    """A piece of a text: plain, or a formula.

    Attributes:
        source: as written, delimiters included.
        tex: the formula without its delimiters; "" if it is text.
        display: of the formula: `inline`, or `block` for a line of its own.
    """

    source: str
    tex: str = ""
    display: str = "inline"


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text: text and formulas, in their order."""
    if not may_have_formulas(text):
        yield Run(text)
        return
    end = 0
    for found in FORMULA.finditer(text):
        yield Run(text[end : found.start()])
        yield formula_run(found)
        end = found.end()
    yield Run(text[end:])


def may_have_formulas(text: str) -> bool:
    """Tell by its characters whether a text may have a formula; one character is found faster than two."""
    return "$" in text or ("\\" in text and ("\\(" in text or "\\[" in text))


def formula_run(found: re.Match[str]) -> Run:
    """Return a match of `FORMULA`, perhaps within a longer pattern, as a run."""
    kind, tex = next((name, found[name]) for name in FORMULA_NAMES if found[name])
    return Run(found[0], tex.strip(), "block" if kind in _BLOCKS else "inline")


def convert(text: str, prose: Callable[[str], str], formula: Callable[[Run], str]) -> str:
    """Return a text, its plain runs and its formulas each converted by a function."""
    if not may_have_formulas(text):  # as most texts
        return prose(text)
    return "".join([formula(run) if run.tex else prose(run.source) for run in runs(text)])


def formula_html(run: Run) -> str:
    """Return a formula as HTML; one that may be wider than a phone stands in a box that scrolls."""
    return _boxed(mathml(run.tex, run.display), ' tabindex="0"')


def _boxed(html: str, attributes: str = "") -> str:
    return html if len(_TAG.sub("", html)) <= _WIDE else f'<span class="wide"{attributes}>{html}</span>'


def bare_formula(run: Run) -> str:
    """Return a formula as HTML without a box, for feeds: a reader has styles of its own."""
    return mathml(run.tex, run.display)


def title_html(title: str) -> str:
    """Return a title that may hold formulas as HTML; all stand in the line. It may be a link, so no box in it takes the focus."""
    return unbroken(convert(title, _shown, lambda run: _boxed(mathml(run.tex))))


def unbroken(html: str) -> str:
    """Return HTML in which no line ends within a word that begins or ends with a formula: β-VAE, kNN, Adapt-∞.

    A browser breaks lines on both sides of a formula, even before a hyphen.
    """
    if "<math" not in html:
        return html
    pieces, end = [], 0
    for found in _SET.finditer(html):
        before = _BEFORE.search(html, max(end, found.start() - _TOUCHING), found.start())
        start = before.start() if before else found.start()
        word = html[start : found.end()]
        is_part = found[1] or start < found.start()
        pieces += [html[end:start], f'<span class="whole">{word}</span>' if is_part else word]
        end = found.end()
    return "".join([*pieces, html[end:]])


def _shown(text: str) -> str:
    return escape(without_escapes(text), quote=False)


def without_escapes(text: str) -> str:
    r"""Return text between formulas as it is shown: `\$` is a dollar."""
    return text.replace(r"\$", "$")


def plain(text: str) -> str:
    """Return text with its formulas as plain text, for search, feeds and citations."""
    return convert(text, without_escapes, lambda run: plain_tex(run.tex))


def plain_tex(tex: str) -> str:
    r"""Return a formula as plain text; what has no plain form stays TeX as written."""
    if simple := _SIMPLE.fullmatch(tex):
        letter, sign, braced, bare = simple.groups("")
        return letter + (plain_script(sign, braced or bare) if sign else "")
    from regesta.text.plain_formula import plain_formula  # takes long, and few texts have such formulas

    return plain_formula(tex)
