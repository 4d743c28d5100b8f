"""The archive's settings: `content/archive.yaml`, every key typed, documented and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.content import frontmatter
from regesta.content.find_files import CONFIG_FILE
from regesta.content.saved_searches import SavedSearch, Wrong, read_searches
from regesta.content.text_files import TextFileError, read_text
from regesta.errors import Problem, RegestaError, fail, hint
from regesta.text.strings import LONGEST_LINE, one_line, shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from regesta.content.saved_searches import Mistakes


def _setting(default: Any, doc: str, key: str = "", *, shown: bool = True) -> Any:
    """Return a field for a setting; key is its key where the field has another name, shown whether every page may show it."""
    return field(default=default, metadata={"doc": doc} | ({"key": key} if key else {}), repr=shown)


@dataclass(frozen=True, slots=True)
class Config:
    """What a curator can set; `docs/settings.md` is written from the sentences here."""

    title: str = _setting("", "The archive's name, as every page shows it. The only key that must be there.")
    description: str = _setting("", "One or two sentences: what the archive holds, and for whom.")
    url: str = _setting(
        "http://localhost:8000/",
        "Where the site will live, with its path: https://lab.example.org/papers/. Feeds need it.",
    )
    language: str = _setting(
        "en", "The language of the pages (BCP 47): themes/<theme>/strings/<language>.yaml must exist."
    )
    theme: str = _setting("default", "The theme: a folder in themes/ or one that comes with Regesta.")
    page_size: int = _setting(
        20,
        "How many papers a list shows before it goes on another page; the newest page holds up to twice as many.",
    )
    feed_size: int = _setting(
        50, "How many items a feed holds; an import of more papers than that on one day is one item."
    )
    contact: str = _setting(
        "", "A mail or web address of yours, by which servers that you fetch from know whom to write to."
    )
    source_url: str = _setting(
        "", "Where the archive's own files are kept (its Git repository); linked from every page."
    )
    whole_index: bool = _setting(
        False,
        "`true`: the search index is also written as one file that lunr.js loads.",
        "search.whole_index",
    )
    searches: tuple[SavedSearch, ...] = _setting(
        (),
        "Saved searches: below each name a `title`, a `query` and perhaps a `description`; see [search](search.md).",
        shown=False,
    )

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return urlsplit(self.url).path

    def href(self, address: str) -> str:
        """Return a site address (`/tags/`) as a root-relative link under the base path."""
        return self.base_path + address.removeprefix("/")

    def absolute(self, address: str) -> str:
        """Return a site address (`/tags/`) as a full web address."""
        return self.url + address.removeprefix("/")


#: What would end an attribute, or make a browser take a path for another host's or for one further up.
_UNSAFE_IN_URL = re.compile(r"[\s\"'<>\\?#]|//.*//|/\.\.?(?:/|\Z)")


class _SettingError(ValueError):
    """A value does not fit its key."""


def load_config(content: Path, url: str = "", mistakes: Mistakes = lambda _: ()) -> Config:
    """Read the settings of the archive whose content folder is given.

    Args:
        content: the folder that holds `archive.yaml`.
        url: overrides the key of that name.
        mistakes: tells what is wrong with the query of a saved search.

    Raises:
        RegestaError: the file is missing or anything in it is wrong; all problems at once.
    """
    path, name = content / CONFIG_FILE, f"{content.name}/{CONFIG_FILE}"
    if not path.is_file():
        raise fail(
            name,
            "is no file that can be read",
            "run `regesta new DIR` for a new archive, or name another with --root",
        )
    try:
        source = read_text(path, name)
        data = frontmatter.load(source)
    except TextFileError as error:
        raise RegestaError(error.problems) from error
    except frontmatter.FrontMatterError as error:
        line = max(error.line - 1, 1)  # there is no line of dashes above
        raise RegestaError([Problem(name, line, str(error), "mend the YAML")]) from error
    values, wrong = _values(data | {"url": url} if url else data, mistakes)
    problems = sorted((_problem(source, name, one, url) for one in wrong), key=lambda problem: problem.line)
    if not shows(values.get("title", "")) and not problems:
        problems.append(Problem(name, 1, "has no title", "add a line `title: …`"))
    if problems:
        raise RegestaError(problems)
    return Config(**values)


def setting_problem(content: Path, keys: Sequence[str], what: str, remedy: str) -> Problem:
    """Return a problem with a setting that only the archive's content tells, at the line where its keys lead to it."""
    source = read_text(content / CONFIG_FILE, CONFIG_FILE)
    return _problem(source, f"{content.name}/{CONFIG_FILE}", Wrong(tuple(keys), what, remedy))


def _problem(source: str, name: str, wrong: Wrong, url: str = "") -> Problem:
    """Return what is wrong with a setting as a problem; url is what the command line gave."""
    if wrong.keys == ("url",) and url:
        return Problem("--url", 0, f"{url!r} cannot be used", wrong.remedy)
    line = frontmatter.line_of(source, *wrong.keys) - 1
    return Problem(name, line, f"`{'.'.join(wrong.keys)}` {wrong.what}", wrong.remedy)


def _values(data: Mapping[str, Any], mistakes: Mistakes) -> tuple[dict[str, Any], list[Wrong]]:
    """Return the value of each field of `Config` that is set, and what is wrong with the settings."""
    known = {f.metadata.get("key", f.name): f.name for f in fields(Config)}
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for keys, value in _entries(data, known):
        key = ".".join(keys)
        try:
            if key not in known:
                wrong.append(Wrong(keys, "cannot be read", _meant(keys, known)))
            elif key == "searches":
                values[key], found = read_searches(value, mistakes)
                wrong += [Wrong((*keys, *one.keys), one.what, one.remedy) for one in found]
            else:
                values[known[key]] = _typed(key, value)
        except _SettingError as error:
            wrong.append(Wrong(keys, "cannot be read", str(error)))
    return values, wrong


def _entries(data: Mapping[str, Any], known: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each setting with the keys that lead to it; those of a group stand below its name."""
    groups = {key.partition(".")[0] for key in known if "." in key}
    for key, value in data.items():
        if key in groups and isinstance(value, dict):
            yield from (((key, inner), setting) for inner, setting in value.items())
        elif key not in groups or value:
            yield (key,), value


def _meant(keys: Sequence[str], known: Iterable[str]) -> str:
    """Return what to do about a key that is not known."""
    here = "".join(f"{key}." for key in keys[:-1])
    beside = dict.fromkeys(key.removeprefix(here).partition(".")[0] for key in known if key.startswith(here))
    below = [key.rpartition(".")[2] for key in known if key.startswith(f"{keys[-1]}.")]
    return f"write below it: {', '.join(below)}" if below else hint(keys[-1], beside)


def _typed(key: str, value: Any) -> Any:
    if not isinstance(value, str):
        raise _SettingError("write text or a number here, not a list")
    return _CHECKS.get(key, _line)(value)


def _line(value: str) -> str:
    if len(value) > LONGEST_LINE:
        raise _SettingError(f"write at most {LONGEST_LINE} characters")
    return one_line(value)


def _url(value: str) -> str:
    if (
        len(value) > LONGEST_LINE
        or not value.isprintable()
        or _UNSAFE_IN_URL.search(value)
        or not _is_site(value)
    ):
        raise _SettingError("write a full address without ? and #, as https://lab.example.org/papers/")
    return value if value.endswith("/") else f"{value}/"


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no host or port that there can be
        return False


def _contact(value: str) -> str:
    if value and not re.fullmatch(r"(?:mailto:)?[!-~]+@[!-~]+|https?://[!-~]+", value):
        raise _SettingError("write a mail or web address in plain letters, as mailto:us@example.org")
    return value


def _name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", value):
        raise _SettingError("use letters, digits and dashes")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", value):
        raise _SettingError("write a language as en or pt-BR")
    return value


def _size(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", value):
        raise _SettingError("write a whole number from 1 to 9999")
    return int(value)


def _flag(value: str) -> bool:
    if value.lower() not in ("true", "false", "yes", "no"):
        raise _SettingError("write true or false")
    return value.lower() in ("true", "yes")


_CHECKS: dict[str, Callable[[str], Any]] = {
    "url": _url,
    "contact": _contact,
    "source_url": lambda value: _url(value).rstrip("/") if value else "",
    "language": _language,
    "theme": _name,
    "page_size": _size,
    "feed_size": _size,
    "search.whole_index": _flag,
}
