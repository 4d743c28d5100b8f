r"""Turn the TeX of bibliographies (`{\"O}zg{\"u}r`, `\emph{in vitro}`) into plain text with `$mathematics$`.

Braces vanish, because here they only protect capitals or hold an argument; unknown commands stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from regesta.text.strings import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: TeX that shows other characters, or none; each part ends where the next character cannot belong to it.
_TOKEN = re.compile(
    r"""
      \\url\s*\{(?P<url>[^{}]*)\}
    | \\href\s*\{(?P<target>[^{}]*)\}\s*(?=\{)
    | \\(?:begin|end)\s*\{(?P<environment>[^{}]*)\}
    | \\(?:enquote|mkbibquote)\*?\s*\{(?P<quotation>[^{}]*)\}
    | \\ensuremath\s*\{(?P<ensured>[^{}]*)\}
    | \\\((?P<inline>(?:(?!\\[()]).){1,2000})\\\)
    | \$\$?(?P<formula>(?:\\.|[^$\\]){1,2000})\$\$?
    | \\(?P<accent>[`'"^~=.]|[uvHtcdbrk](?![A-Za-z])) [\s{]*
      (?P<letter>
          \\(?:[ijoOlL]|ae|AE|oe|OE|aa|AA)(?![A-Za-z])  # a letter that has a command
        | \\[`'"^~=.][\s{]*[^\W_]  # a letter that has an accent already
        | [^\W_]
      )?
    | \\(?P<command>[A-Za-z]+)\*?\s*
    | \\(?P<escaped>.)
    | (?P<ligature>---?|``|''|[!?]`)
    | [{}~$]
    """,
    re.VERBOSE | re.DOTALL,
)
_DIGITS = re.compile(r"(?:\d+(?:[.,]\d+)*)?")
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}
_ESCAPED = {c: c for c in "&%$#_{}"} | dict.fromkeys("\\,;: \n\t", " ") | dict.fromkeys("-/@!", "")
#: Commands that change only the look of their text, or where a line may break.
_LOOKS = frozenset(
    "emph textit textbf textsc texttt textrm textsf textsl textup textmd textnormal text mbox hbox "
    "it bf em rm sc tt sl sf small tiny scriptsize footnotesize normalsize large "
    "mkbibemph mkbibbold mkbibitalic mkbibquote enquote mkbibsuperscript textsuperscript textsubscript "
    "underline uline itshape bfseries scshape slshape upshape mdseries rmfamily sffamily ttfamily "
    "protect relax nobreak allowbreak bibinfo natexlab ignorespaces url href path nolinkurl "
    "lowercase uppercase NoCaseChange discretionary xspace".split()
)
#: Commands that the library does not know, or reads differently from us.
_SYMBOLS = {
    "i": "i", "j": "j", "S": "§", "P": "¶", "copyright": "©", "euro": "€", "EUR": "€", "slash": "/",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e",
    "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|",
    "textasciicircum": "^", "textdollar": "$", "textpercent": "%", "textunderscore": "_",
    "textquotesingle": "'", "textquotedbl": '"',
    "space": " ", "quad": " ", "nobreakspace": " ", "newblock": "",
}  # fmt: skip


def plain(text: str) -> str:
    r"""Return the text that TeX shows: accents and symbols as Unicode, formulas between `$`, without braces.

    A text longer than twice the longest abstract is returned unchanged: no paper file may hold it.
    """
    return text if len(text) > 2 * LONGEST_TEXT else "".join(_parts(text))


def verbatim(text: str) -> str:
    r"""Return an address or identifier without the braces and backslashes that protect it (`10.1000/a\_b`)."""
    spelt = re.sub(
        r"\\(text(?:asciitilde|less|greater|underscore))\b", lambda found: _symbol(found[1]) or found[0], text
    )
    return re.sub(r"\\(?:url\b|([^A-Za-z]))|[{}]", r"\1", spelt).strip()


def _parts(text: str) -> Iterator[str]:
    """Yield the text between the tokens, and what each token shows."""
    place = 0
    while match := _TOKEN.search(text, place):
        yield text[place : match.start()]
        place = match.end()
        if match["formula"] is None:
            yield _shown(match)
        elif _is_mathematics(match["formula"]):
            # digits right after a formula would make it look like money
            digits = _DIGITS.findall(text, place, place + 20)[0]
            place += len(digits)
            yield _formula(match["formula"] + digits)
        else:  # money
            yield "$"
            place = match.start() + 1
    yield text[place:]


def _shown(match: re.Match[str]) -> str:
    """Return what a token shows, unless it is a formula between dollar signs."""
    return _READERS[match.lastgroup](match)


def _is_mathematics(text: str) -> bool:
    """Tell whether text between dollar signs is a formula; it may be words between amounts of money."""
    return text == text.strip() or bool(re.search(r"[\\^_=]", text) and text.strip())


def _formula(tex: str) -> str:
    inner = " ".join(tex.split())
    return f"${inner}$" if inner else ""


def _accented(match: re.Match[str]) -> str:
    accent, letter = match["accent"], match["letter"]
    if not letter:
        return f"\\{accent}" if accent.isalpha() else accent
    # the letter may already have an accent
    return unicodedata.normalize("NFC", plain(letter) + _MARKS[accent])


def _command(match: re.Match[str]) -> str:
    if match["command"] in _LOOKS:
        return ""
    symbol = _symbol(match["command"])
    return match[0] if symbol is None else symbol


#: What each kind of token shows, by the last group of the pattern that matched; None for a single character.
_READERS: Mapping[str | None, Callable[[re.Match[str]], str]] = {
    "url": lambda match: match["url"],
    "target": lambda _: "",
    "environment": lambda _: "",
    "quotation": lambda match: f"“{plain(match['quotation'])}”",
    "ensured": lambda match: _formula(match["ensured"]),
    "inline": lambda match: _formula(match["inline"]),
    "accent": _accented,
    "letter": _accented,
    "command": _command,
    "escaped": lambda match: _ESCAPED.get(match["escaped"], match[0]),
    "ligature": lambda match: _LIGATURES[match["ligature"]],
    None: lambda match: {"~": " ", "$": "$"}.get(match[0], ""),
}


@lru_cache(maxsize=1024)
def _symbol(command: str) -> str | None:
    """Return the characters that a command stands for, None if that is unknown."""
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    found = getattr(_library().get_macro_spec(command), "simplify_repl", None)
    return found if isinstance(found, str) and "%" not in found else None


@lru_cache(maxsize=1)
def _library() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()
