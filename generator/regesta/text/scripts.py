"""Super- and subscripts of formulas: which are words and which indices, and what they are as plain text."""

from __future__ import annotations

_RAISED = dict(zip("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_OWN_SCRIPTS = frozenset([*_RAISED.values(), *_LOWERED.values()])
#: Scripts that are written beside their base.
_BESIDE = {"∘": "°", "′": "′", "″": "″", "‴": "‴", "∗": "*", "*": "*", "†": "†", "‡": "‡", "%": "%"}
_INDICES = ("ijk", "jkl", "klm", "ijkl")


def is_word(letters: str) -> bool:
    """Tell whether the letters of a script are a word (`res`, `KL`), which is upright, not indices (`ij`, `xy`)."""
    is_name = letters.isascii() and letters.isalpha() and len(letters) > 1
    return is_name and (letters.isupper() or (letters not in _INDICES and len(letters) >= len("res")))


def plain_script(sign: str, text: str, *, is_limit: bool = False) -> str:
    """Return a script as plain text: in characters of its own where Unicode has them, else after its sign.

    Args:
        sign: `^` or `_`.
        text: of the script.
        is_limit: whether it is a limit of a sum, where only digits have characters of their own.
    """
    own = _RAISED if sign == "^" else _LOWERED
    if all(character in own and not (is_limit and character == "n") for character in text):
        return "".join([own[character] for character in text])
    if sign == "^" and all(character in _BESIDE for character in text):
        return "".join([_BESIDE[character] for character in text])
    is_plain = len(text) == 1 or (text.isalnum() and not _OWN_SCRIPTS.intersection(text))
    return f"{sign}{text}" if is_plain else f"{sign}{{{text}}}"
