r"""TeX to MathML by latex2mathml, whose element tree is filtered by an allow-list.

Its string output lets `\text{<svg …>}` and `\href{javascript:…}` through: elements and attributes are copied
one by one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from regesta.text.patterns import pattern
from regesta.text.scripts import is_word

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace ms msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd "
    "mmultiscripts mprescripts none mpadded mphantom mstyle menclose".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel stretchy fence separator form lspace rspace linethickness accent accentunder "
    "columnalign rowspacing columnspacing width height depth minsize maxsize mathvariant movablelimits".split()
)
#: A length of a few lines at most, or a keyword.
_MODEST = pattern(
    r"[+-]?(?:\d?(?:\.\d+)?(?:em|ex|cm|in|pc|width)?|\d{1,2}(?:\.\d+)?(?:pt|px|mm|mu)|[a-z -]+)|0em(?: \dem)*"
)
#: A script without a base, as in KD$^{3}$: it belongs to the word before it and takes its typeface.
_LONE_SCRIPT = pattern(r"([_^])(?:\{([A-Za-z0-9+*-]+)\}|([A-Za-z0-9+*]))")
#: One letter, perhaps with a script of letters: what is shown is known without the library, which is slow to load.
_LETTER = pattern(r"([A-Za-zα-ω])(?:([_^])\{([A-Za-z]+)\})?")
#: TeX's comments, parameters, numbered characters, links, and a final backslash, which escapes what follows.
_STRANGE = pattern(r"(?<!\\)[%#]|\^\^|\\(?:href|verb|tag|end|begin)|\\\Z")


@lru_cache(maxsize=4096)
def mathml(tex: str, display: str = "inline") -> str:
    """Return TeX (without dollar signs) as a MathML element, a script alone as `<sup>` or `<sub>`.

    TeX that cannot be converted stays as it is, in `<code>`. `display` is `inline`, or `block` for a line of
    its own.
    """
    if script := _LONE_SCRIPT.fullmatch(tex):
        tag = "sup" if script[1] == "^" else "sub"
        return f"<{tag}>{escape(script[2] or script[3])}</{tag}>"
    if letter := _LETTER.fullmatch(tex):
        return f'<math display="{display}"><mrow>{_with_script(*letter.groups())}</mrow></math>'
    from regesta.text.formula_tree import formula_tree  # takes long, and few texts have such formulas

    try:
        return _serialize(formula_tree(tex, display))
    except ValueError:
        return f'<code class="tex">{escape(tex)}</code>'


def _with_script(letter: str, sign: str | None, script: str | None) -> str:
    """Return a letter as MathML, with its script if it has one."""
    if not sign:
        return f"<mi>{letter}</mi>"
    names = [script or ""] if is_word(script or "") else script or ""
    tag, inner = "msup" if sign == "^" else "msub", "".join([f"<mi>{name}</mi>" for name in names])
    return f"<{tag}><mi>{letter}</mi><mrow>{inner}</mrow></{tag}>"


def is_readable(tex: str) -> bool:
    """Tell whether TeX can be converted to MathML; other TeX is shown unchanged."""
    return not mathml(tex).startswith("<code")


def is_harmless(tex: str) -> bool:
    """Tell whether TeX is safe to compile: it cannot end its field, read, write or define anything.

    Its braces are balanced, and each command is a symbol or one that the library converts.
    """
    are_known = all(map(_is_known, re.findall(r"\\[A-Za-z]+", tex)))
    return are_known and _is_balanced(tex) and not _STRANGE.search(tex)


def _is_known(command: str) -> bool:
    from latex2mathml.commands import CONVERSION_MAP, FUNCTIONS, LOCAL_FONTS
    from latex2mathml.symbols_parser import SYMBOLS

    known = (SYMBOLS, CONVERSION_MAP, FUNCTIONS, LOCAL_FONTS, (r"\operatorname", r"\arg"))
    return any(command in names for names in known)


def _is_balanced(tex: str) -> bool:
    """Tell whether each brace that opens is closed, and none closes before."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", re.sub(r"\\\\", "", tex)):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _serialize(element: Element) -> str:
    """Return an element as MathML, with the allowed elements and attributes only."""
    inner = escape(element.text or "", quote=False) + "".join(map(_serialize, element))
    if element.tag not in _ELEMENTS:
        return inner
    attributes = "".join(
        [f' {k}="{v}"' for k, v in element.attrib.items() if k in _ATTRIBUTES and _MODEST.fullmatch(v)]
    )
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
