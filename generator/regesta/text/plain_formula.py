r"""Formulas as plain text: `\frac{1}{3}` as 1/3, `\mathbb{E}_{x\sim p}` as 𝔼_{x∼p}, for wherever no markup is possible."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.text.formula_tree import ACCENTS, SCRIPTED, core, formula_tree, is_function
from regesta.text.scripts import plain_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_STYLED = re.compile(r"MATHEMATICAL |SCRIPT CAPITAL|BLACK-LETTER|GREEK .* SYMBOL")


class _Kind(Enum):
    """What a piece of a formula is, which decides about the spaces around it."""

    ORDINARY = auto()
    NUMBER = auto()
    FRACTION = auto()
    WORD = auto()  # the name of a function, or a sum
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    COMMA = auto()
    SPACE = auto()


#: Signs by what they are; others that Unicode counts as mathematical symbols are relations.
_KINDS = {
    **dict.fromkeys("([{⌊⌈⟨", _Kind.OPENING), **dict.fromkeys(")]}⌋⌉⟩", _Kind.CLOSING), **dict.fromkeys(",;:", _Kind.COMMA),
    **dict.fromkeys("+−-±∓×÷·⋅∗*⋆∘∙⊕⊗⊙⊖∪∩∖∧∨", _Kind.BINARY), **dict.fromkeys("∑∏∫∐⋃⋂∮", _Kind.WORD),
    **dict.fromkeys(("=", "<", ">", "∣", "→", "←", "↔", "⇒", "⇐", "⇔", "↦", ":="), _Kind.RELATION),
    **dict.fromkeys("/|¬∂∇√∞⊤∥‖~⋯⋮⋱…", _Kind.ORDINARY),
}  # fmt: skip
#: Between two of these, an operator is binary.
_OPERANDS = (_Kind.ORDINARY, _Kind.NUMBER, _Kind.FRACTION, _Kind.WORD, _Kind.CLOSING)
#: What is multiplied without a sign.
_FACTORS = {_Kind.FRACTION, _Kind.NUMBER, _Kind.ORDINARY}


class _Piece(NamedTuple):
    text: str
    kind: _Kind


class _NoPlainFormError(ValueError):
    """A formula that plain text cannot show, such as a matrix."""


@lru_cache(maxsize=4096)
def plain_formula(tex: str) -> str:
    r"""Return a formula, as TeX without its delimiters, as plain text.

    What has no plain form, as a matrix or an unknown command, stays TeX as written.
    """
    script = tex[:1] in ("^", "_")  # without a base, as in KD$^{3}$: it belongs to the word before it
    try:
        return _row([formula_tree(f"{{}}{tex}" if script else tex)])
    except ValueError:
        return tex.strip()


def _row(elements: Sequence[Element], *, is_script: bool = False) -> str:
    """Return elements as text, with the spaces that TeX sets between them; a script has none but those of words."""
    pieces = [piece for element in elements for piece in _pieces(element)]
    text = ""
    for index, piece in enumerate(pieces):
        before = _binary_or_sign(pieces, index - 1) if index else None
        now = _binary_or_sign(pieces, index)
        if before and _is_spaced(before, now, is_script=is_script) and not text.endswith(" "):
            text += " "
        text += piece.text
    return text.strip()


def _binary_or_sign(pieces: Sequence[_Piece], index: int) -> _Piece:
    """Return a piece; an operator that does not stand between two operands is ordinary."""
    piece = pieces[index]
    if piece.kind is not _Kind.BINARY:
        return piece
    is_between = 0 < index < len(pieces) - 1 and pieces[index - 1].kind in _OPERANDS
    return piece if is_between else piece._replace(kind=_Kind.ORDINARY)


def _is_spaced(before: _Piece, now: _Piece, *, is_script: bool) -> bool:
    kinds = before.kind, now.kind
    if _Kind.WORD in kinds:
        return (
            now.kind not in (_Kind.OPENING, _Kind.CLOSING, _Kind.COMMA) and before.kind is not _Kind.OPENING
        )
    if is_script:
        return False
    return (
        _Kind.RELATION in kinds
        or _Kind.BINARY in kinds
        or (before.kind is _Kind.COMMA and not _are_thousands(now))
        or (_Kind.FRACTION in kinds and {*kinds} <= _FACTORS)
        or (_ends_in_script(before.text) and now.text[:1].isalnum())
    )


def _are_thousands(piece: _Piece) -> bool:
    return piece.kind is _Kind.NUMBER and len(piece.text) == len("000")


def _ends_in_script(text: str) -> bool:
    """Tell whether a text ends in a script of plain letters, which would seem to go on in letters that follow."""
    sign = max(text.rfind("_"), text.rfind("^"))
    return sign >= 0 and text[sign + 1 :].isalnum()


def _pieces(element: Element) -> Iterator[_Piece]:
    """Yield the pieces of an element.

    Raises:
        _NoPlainFormError: plain text has nothing for it.
    """
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            yield _leaf(element, element.text or "")
        case "math" | "mrow" | "mstyle" | "mpadded":
            for child in element:
                yield from _pieces(child)
        case "mspace":
            yield _Piece("" if element.get("width", "-").startswith("-") else " ", _Kind.SPACE)
        case "mfrac" if element.get("linethickness") != "0":
            yield _Piece(f"{_operand(element[0])}/{_operand(element[1], of_letters=1)}", _Kind.FRACTION)
        case "msqrt" | "mroot":
            yield _Piece(_root(element), _Kind.ORDINARY)
        case tag if tag in SCRIPTED:
            yield _scripted(element)
        case _:
            raise _NoPlainFormError(element.tag)


def _leaf(element: Element, text: str) -> _Piece:
    text = "".join(map(_letter, text)).replace("\u00a0", " ").replace("∣", "|")
    if element.tag in ("mtext", "mn"):
        return _Piece(text, _Kind.NUMBER if element.tag == "mn" else _Kind.ORDINARY)
    return _Piece(text, _Kind.WORD if is_function(element) else _kind_of(element.text or ""))


def _letter(character: str) -> str:
    """Return a letter as ordinary text has it: bold, italic, script and variant letters plain, blackboard ones as they are."""
    name = unicodedata.name(character, "")
    is_styled = _STYLED.match(name) and "DOUBLE-STRUCK" not in name
    return unicodedata.normalize("NFKC", character) if is_styled else character


def _kind_of(sign: str) -> _Kind:
    is_symbol = len(sign) == 1 and unicodedata.category(sign) == "Sm"
    return _KINDS.get(sign, _Kind.RELATION if is_symbol else _Kind.ORDINARY)


def _operand(element: Element, of_letters: int = 1_000) -> str:
    """Return a side of a fraction, in parentheses if it is a sum, or has more pieces than it may."""
    pieces = [piece for piece in _pieces(element) if piece.text != "∂"]
    text = _row([element])
    is_one = not any(piece.kind in (_Kind.BINARY, _Kind.RELATION, _Kind.FRACTION) for piece in pieces)
    return text if is_one and len(pieces) <= of_letters else f"({text})"


def _root(element: Element) -> str:
    is_square = element.tag == "msqrt"
    index = "" if is_square else _row([element[1]])
    if index not in _ROOTS:
        raise _NoPlainFormError(element.tag)
    inside = [*element] if is_square else [element[0]]
    text = _row(inside)
    is_one = sum(1 for child in inside for _ in _pieces(child)) == 1
    return f"{_ROOTS[index]}{text if is_one else f'({text})'}"


def _scripted(element: Element) -> _Piece:
    """Return an element that has scripts, limits or an accent."""
    base, *scripts = element
    head = [*_pieces(base)]
    text, kind = _row([base]), head[-1].kind if head else _Kind.ORDINARY
    mark = ACCENTS.get("".join(scripts[0].itertext()))
    if element.tag == "mover" and mark:
        if len(text) != 1:
            raise _NoPlainFormError(element.tag)
        return _Piece(unicodedata.normalize("NFC", text + mark), kind)
    if len(head) > 1 or any(piece.kind is _Kind.FRACTION for piece in head):
        text = f"({text})"
    signs = {"msup": "^", "mover": "^"}.get(element.tag, "_^")
    is_large = kind is _Kind.WORD
    text += "".join(
        _script(sign, script, is_limit=is_large) for sign, script in zip(signs, scripts, strict=False)
    )
    return _Piece(text, _Kind.WORD if is_function(core(base)) or kind is _Kind.WORD else kind)


def _script(sign: str, element: Element, *, is_limit: bool) -> str:
    """Return a script, or a limit of a sum."""
    text = _row([element], is_script=True)
    return plain_script(sign, text, is_limit=is_limit)
