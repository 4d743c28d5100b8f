"""Scripts of formulas: which are words, and which indices."""

from __future__ import annotations

_INDICES = ("ijk", "jkl", "klm", "ijkl")


def is_word(letters: str) -> bool:
    """Tell whether the letters of a script are a word (`res`, `KL`), which is upright, not indices (`ij`, `xy`)."""
    is_name = letters.isascii() and letters.isalpha() and len(letters) > 1
    return is_name and (letters.isupper() or (letters not in _INDICES and len(letters) >= len("res")))
