r"""TeX to a tree of MathML elements by latex2mathml, set right where browsers would show other than TeX does.

The library leaves the spaces around `\log` to the browser, which knows none, sets words letter by letter, and marks bold
or blackboard letters by an attribute that browsers no longer read.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from regesta.text.scripts import is_word
from regesta.text.strings import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Characters of a formula, and levels of its tree: far below the limits of browsers and of Python.
LONGEST, DEEPEST = 2000, 100
#: Elements of which each is a base with scripts or limits.
SCRIPTED = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_CHILDREN = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
#: Marks above a letter: those of TeX's accents as the library writes them, by their combining characters.
ACCENTS = {
    "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "―": "\u0304", "˘": "\u0306", "˙": "\u0307",
    "¨": "\u0308", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "→": "\u20d7",
}  # fmt: skip

#: Commands that define others, or whose argument the library copies: a few can stand for billions of symbols.
_MULTIPLYING = re.compile(r"\\(?:def|newcommand|newenvironment|DeclareMathOperator|sideset)(?![A-Za-z])")
#: Names of functions that papers use as commands and the library does not know.
_FUNCTIONS = re.compile(
    r"\\(arg|lcm|tr|Tr|rank|diag|sign|sgn|softmax|polylog|poly|Var|Cov|KL|relu|ReLU|conv|supp|vol|span|dist|prox)"
    r"(?![A-Za-z])"
)
#: Commands of text that the library does not know, by others of the same meaning.
_SYNONYMS = {
    "ensuremath": "", "xspace": "", "nicefrac": r"\frac", "sfrac": r"\frac", "textsc": r"\text", "dag": r"\dagger",
    "mathds": r"\mathbb", "mathbbm": r"\mathbb", "textsuperscript": "^", "textsubscript": "_", "nolimits": "",
}  # fmt: skip
_SYNONYM = re.compile(rf"\\({'|'.join(_SYNONYMS)})(?![A-Za-z])")
#: How Unicode names the letters that an attribute asks for.
_VARIANTS = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK", "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT", "fraktur": "FRAKTUR", "bold-fraktur": "BOLD FRAKTUR", "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD", "sans-serif-italic": "SANS-SERIF ITALIC", "monospace": "MONOSPACE",
}  # fmt: skip
#: What the library takes for identifiers.
_SIGNS = {"~": "∼", ":": ":", "±": "±", "∓": "∓"}
#: What it takes for operators, which have spaces around them.
_SYMBOLS = frozenset("∞∅")
_CLOSING = frozenset(")]}⌋⌉⟩")
_BRACKETS = _CLOSING | frozenset("([{⌊⌈⟨")
#: Bars: browsers would stretch them to the height of the line, as TeX does only between `\left` and `\right`.
_BARS = frozenset("|‖")
_THIN = "0.1667em"  # TeX's thin space, which surrounds the names of functions


def formula_tree(tex: str, display: str = "inline") -> Element:
    """Return TeX as a tree of MathML, its texts without character references.

    Args:
        tex: a formula without its delimiters.
        display: `inline`, or `block` for a line of its own.

    Raises:
        ValueError: the formula cannot be converted.
    """
    if len(tex) > LONGEST or _MULTIPLYING.search(tex):
        raise ValueError(tex)
    from latex2mathml.converter import convert_to_element

    known = _FUNCTIONS.sub(r"\\operatorname{\1}", _SYNONYM.sub(lambda found: _SYNONYMS[found[1]], tex))
    try:
        tree: Element = convert_to_element(known, display=display)
    except Exception as error:
        raise ValueError(tex) from error  # the library raises many kinds for TeX that it cannot convert
    _set_right(tree, DEEPEST)
    _tighten_ends(tree)
    return tree


def _set_right(element: Element, levels: int) -> None:
    """Change an element with at most so many levels to what browsers show as TeX does.

    Raises:
        ValueError: it is deeper, or holds an unknown command.
    """
    if not levels:
        raise ValueError(element.tag)
    if element.text:
        element.text = clean(unescape(element.text))
        if element.text.startswith("\\"):
            raise ValueError(element.text)  # an unknown command passes through the library as an identifier
        _set_characters_right(element, element.text)
    for child in element:
        _set_right(child, levels - 1)
    if len(element) < _CHILDREN.get(element.tag, 0):
        raise ValueError(element.tag)  # the library takes `\frac{1` for a fraction
    if element.tag in SCRIPTED:
        _set_scripts_right(element)
    elif len(element) > 1:
        element[:] = _words(element)
        _space_functions([*element])


def _set_characters_right(element: Element, text: str) -> None:
    """Let an identifier be the character that is meant, and a sign an operator."""
    if variant := _VARIANTS.get(element.get("mathvariant", "")):
        element.text = "".join([_letter(variant, character) for character in text])
        del element.attrib["mathvariant"]
    if element.tag == "mi" and (text in _SIGNS or text in _BRACKETS):
        element.tag, element.text = "mo", _SIGNS.get(text, text)
        if text in _BRACKETS:
            element.set("stretchy", "false")
    elif text in _SYMBOLS:
        element.tag = "mi"
    elif text in _BARS and element.tag == "mo" and not element.attrib:
        element.set("stretchy", "false")


def _letter(variant: str, character: str) -> str:
    """Return a letter or digit in a variant; as it is if there is none."""
    name = unicodedata.name(character, "").replace("GREEK ", "").replace("LATIN ", "").replace(" LETTER", "")
    for prefix in ("MATHEMATICAL ", ""):  # the letters that Unicode had before have shorter names
        try:
            return unicodedata.lookup(f"{prefix}{variant} {name}")
        except KeyError:
            continue
    return character


def _set_scripts_right(element: Element) -> None:
    """Set words in scripts upright, as one, and marks above a letter close to it."""
    if element.tag in ("mover", "munder") and "".join(element[1].itertext()) in ACCENTS:
        element.set("accent" if element.tag == "mover" else "accentunder", "true")
    for script in element[1:]:
        letters = [child.text or "" for child in script if child.tag == "mi" and not child.attrib]
        if len(letters) == len(script) and is_word("".join(letters)):
            script[:] = [_identifier("".join(letters))]


def _identifier(name: str) -> Element:
    identifier = Element("mi")
    identifier.text = name
    return identifier


def _words(row: Iterable[Element]) -> list[Element]:
    """Return the elements of a row: upright letters that follow each other as one identifier, `:` and `=` as one sign."""
    joined: list[Element] = []
    for element in row:
        if joined and (
            all(map(_is_upright, (joined[-1], element))) or (joined[-1].text, element.text) == (":", "=")
        ):
            joined[-1].text = f"{joined[-1].text}{element.text}"
        else:
            joined.append(element)
    for element in joined:
        if _is_upright(element) and len(element.text or "") > 1:
            del element.attrib["mathvariant"]  # a name of several letters is upright by itself
    return joined


def _is_upright(element: Element) -> bool:
    return element.tag == "mi" and element.get("mathvariant") == "normal" and (element.text or "").isalpha()


def _space_functions(row: Sequence[Element]) -> None:
    """Put TeX's thin spaces around the names of functions, but not next to a bracket or a sign."""
    for before, element, after in zip([None, *row], row, [*row[1:], None], strict=False):
        name = core(element)
        if is_function(name):
            name.tag = "mo"
            name.set("lspace", "0" if before is None or _is_sign(core(before), _CLOSING) else _THIN)
            name.set("rspace", "0" if after is None or _is_sign(core(after)) else _THIN)


def _tighten_ends(tree: Element) -> None:
    """Take the spaces of signs away where a formula begins or ends with one, as in `≤ 3` and `10×`."""
    row = [*tree[0]] if len(tree) == 1 else []
    if row and _is_operator(row[0]):
        row[0].set("lspace", "0")
    if len(row) > 1 and _is_operator(row[-1]):
        row[-1].set("lspace", "0")
        row[-1].set("rspace", "0")


def _is_operator(element: Element) -> bool:
    return element.tag == "mo" and "stretchy" not in element.attrib and not is_function(element)


def core(element: Element) -> Element:
    """Return what an element is at its heart: without scripts, and without rows of one."""
    while len(element) and (
        element.tag in SCRIPTED or (element.tag in ("mrow", "mstyle") and len(element) == 1)
    ):
        element = element[0]
    return element


def is_function(element: Element) -> bool:
    """Tell whether an element is the name of a function or operator, such as `log`."""
    text = element.text or ""
    return element.tag in ("mi", "mo") and len(text) > 1 and text[0].isalpha() and text.isascii()


def _is_sign(element: Element, but: frozenset[str] = frozenset()) -> bool:
    """Tell whether an element is an operator, a bracket (but not one of some) or a space."""
    if element.tag == "mrow" and len(element):
        return _is_sign(core(element[0]), but)
    if element.tag == "mspace":
        return True
    return element.tag == "mo" and not is_function(element) and element.text not in but
