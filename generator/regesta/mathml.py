r"""TeX to MathML by latex2mathml, whose element tree is filtered by an allow-list.

Its string output lets `\text{<svg …>}` and `\href{javascript:…}` through, so elements and attributes are copied one by one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from regesta.tex import MATHS

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
_LONGEST = 2000
#: A script without a symbol, as in KD$^{3}$: it belongs to the word before, whose face it takes.
_LONE_SCRIPT = re.compile(r"([_^])(?:\{([A-Za-z0-9+*-]+)\}|([A-Za-z0-9+*]))")
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


@lru_cache(maxsize=4096)
def mathml(tex: str, display: str = "inline") -> str:
    """Return TeX (without dollar signs) as a MathML element, a script of its own as `<sup>` or `<sub>`.

    What cannot be read is shown as it stands, in `<code>`. `display` is `inline`, or `block` for a line of its own.
    """
    from latex2mathml.converter import convert_to_element

    if script := _LONE_SCRIPT.fullmatch(tex):
        tag = "sup" if script[1] == "^" else "sub"
        return f"<{tag}>{escape(script[2] or script[3])}</{tag}>"
    if len(tex) > _LONGEST:
        return f'<code class="tex">{escape(tex)}</code>'
    try:
        return _serialize(convert_to_element(tex, display=display))
    except Exception:  # noqa: BLE001 - the library raises many kinds for TeX that it cannot read
        return f'<code class="tex">{escape(tex)}</code>'


def _serialize(element: Element) -> str:
    text = unescape(element.text or "")
    if text.startswith("\\"):
        raise ValueError(text)  # an unknown command passes through the library as an identifier
    inner = escape(text, quote=False) + "".join(map(_serialize, element))
    if element.tag not in _ELEMENTS:
        return inner
    attributes = "".join(f' {k}="{escape(v)}"' for k, v in element.attrib.items() if k in _ATTRIBUTES)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def title_html(title: str) -> str:
    """Return a title that may hold `$TeX$` as HTML."""
    return "".join(mathml(part) if index % 2 else escape(part, quote=False) for index, part in enumerate(MATHS.split(title)))


def plain(text: str) -> str:
    """Return text that may hold `$TeX$` with the formulas as plain text, for searching, feeds and citations."""
    return "".join(plain_tex(part) if index % 2 else part for index, part in enumerate(MATHS.split(text)))


def plain_tex(tex: str) -> str:
    """Return a formula as plain text: `^2` as ², commands' backslashes and grouping braces dropped."""
    tex = re.sub(r"\^(?:\{([0-9n+-]+)\}|([0-9n]))", lambda m: (m[1] or m[2]).translate(_SUPERSCRIPTS), tex)
    return re.sub(r"\\([a-zA-Z]+)|[{}]|\\(.)", r"\1\2", tex).strip()
