"""The archive's settings: `content/archive.yaml`, every key typed, documented and checked."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import defaultdict
from dataclasses import Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.content import schema
from regesta.content.find_files import CONFIG_FILE
from regesta.content.frontmatter import load
from regesta.content.saved_searches import saved_searches
from regesta.content.schema import Fault, SchemaError, filled, line, only, problems_of, written
from regesta.content.text_files import TextFileError, read_text, read_yaml
from regesta.errors import Problem, fail
from regesta.text.strings import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from regesta.content.saved_searches import Mistakes, SavedSearch
    from regesta.content.schema import Reader, Readers

#: What would end an HTML attribute, or make a browser see another host or a parent folder in a path.
_UNSAFE_IN_URL = re.compile(r"[\s\"'<>\\?#]|//.*//|/\.\.?(?:/|\Z)")

#: What means something else in a URL pattern.
_IN_PATTERNS = re.compile(r"[(){}*+:]")


def _is_site(url: str) -> bool:
    if len(url) > LONGEST_LINE or not url.isprintable() or _UNSAFE_IN_URL.search(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the host or port is impossible
        return False


_SITE = only(written, _is_site, "write a full address without ? and #, as https://lab.example.org/papers/")


def _matching(pattern: str, remedy: str) -> Reader[str]:
    """Return a reader of text that matches a regular expression as a whole."""
    return only(written, re.compile(pattern, re.ASCII).fullmatch, remedy)


#: A tag URI by RFC 4151: a host or mailbox, a day on which it was the curator's, and a text of their own.
_TAG = re.compile(
    r"tag:(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    r":[A-Za-z0-9;/?:@&=+$._!~*'(),-]*"
)


def _is_feed_id(text: str) -> bool:
    return bool(_TAG.fullmatch(text)) or _is_site(text)


_NUMBER = _matching(r"[1-9]\d{0,3}", "write a whole number from 1 to 9999")


#: A mail or web address, or "".
_ADDRESS = _matching(
    r"|(?:mailto:)?[!-~]+@[!-~]+|https?://[!-~]+",
    "write a mail or web address in plain letters, as mailto:us@example.org",
)


def _size(value: Any) -> int:
    return int(_NUMBER(value))


def _setting(default: Any, read: Reader[Any] | None, doc: str, key: str = "", *, shown: bool = True) -> Any:
    """Return a dataclass field for a setting.

    Args:
        default: its value where the file has none.
        read: reads its value.
        doc: its sentence in `docs/settings.md`.
        key: its key, if the field has another name.
        shown: whether every page may show it; if so, it is part of the repr.
    """
    metadata = {"doc": doc, "read": read} | ({"key": key} if key else {})
    return field(default=default, metadata=metadata, repr=shown)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of an archive; the table in `docs/settings.md` is generated from the sentences here."""

    title: str = _setting(
        "", filled(line), "The archive's name, as every page shows it. The only required key."
    )
    description: str = _setting("", line, "One or two sentences: what the archive holds, and for whom.")
    url: str = _setting(
        "http://localhost:8000/",
        lambda value: _SITE(value).rstrip("/") + "/",
        "Where the site will live, with its path: https://lab.example.org/papers/. Feeds need it.",
    )
    language: str = _setting(
        "en",
        _matching(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "write a language as en or pt-BR"),
        "The language of the pages (BCP 47): `en`, `de`, or one that you add; see [themes](themes.md#languages).",
    )
    theme: str = _setting(
        "default",
        _matching(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", "use letters, digits and dashes"),
        "The theme: a folder in themes/ or one that comes with Regesta.",
    )
    page_size: int = _setting(
        20,
        _size,
        "How many papers a page of a list shows; the newest page shows up to twice as many.",
    )
    feed_size: int = _setting(
        50, _size, "How many items a feed holds; an import of more papers than that on one day is one item."
    )
    feed_id: str = _setting(
        "tag:regesta.invalid,2026:",
        only(
            written,
            _is_feed_id,
            "write a tag, as tag:lab.example.org,2026:papers, or the site's first address",
        ),
        "What the ids of feed items begin with, for ever: a tag (RFC 4151) of a host that was yours on that day, or the "
        "address that the site had before. Never change it, also when the site moves.",
    )
    feed_authors: bool = _setting(False, schema.flag, "`true`: every author has a feed, too.")
    outputs: str = _setting(
        "full",
        only(written, ("full", "lean").__contains__, "write full or lean"),
        "`lean`: only what large archives need: no Markdown beside pages, no bibliographies of lists, pages of authors "
        "from five papers on; see [what one takes away](takeaways.md).",
    )
    api: bool = _setting(
        False, schema.flag, "`true`: each paper and each list is also written as JSON below `/api/`."
    )
    subscribe_mail: str = _setting(
        "",
        _ADDRESS,
        "A mail or web address where readers get new papers by mail; the page `/feeds/` names it.",
        "subscribe.mail",
    )
    contact: str = _setting(
        "",
        _ADDRESS,
        "Your mail or web address, sent with each fetch so that the owners of a server can write to you.",
    )
    source_url: str = _setting(
        "",
        lambda value: _SITE(value).rstrip("/") if value != "" else "",
        "Where the archive's own files are kept (its Git repository); linked from every page.",
    )
    hidden_files: tuple[str, ...] = _setting(
        (),
        schema.list_of(
            _matching(r"\.[^./].*", "write names that begin with a dot"), "write a list, as [.htaccess]"
        ),
        "Hidden files that are published: names such as `.htaccess`. Others stay private, except `.well-known`.",
        shown=False,
    )
    saved: bool = _setting(
        True,
        schema.flag,
        "`false`: readers cannot save papers in their browser; the page `/saved/` does not exist. See [saved papers](saved.md).",
    )
    map: bool = _setting(True, schema.flag, "`false`: no map of the archive, `/map/`.")
    whole_index: bool = _setting(
        False,
        schema.flag,
        "`true`: the search index is also written as one file that lunr.js loads.",
        "search.whole_index",
    )
    searches: tuple[SavedSearch, ...] = _setting(
        (),
        None,  # `saved_searches` makes it
        "Saved searches: below each name a `title`, a `query` and perhaps a `description`; see [search](search.md).",
        shown=False,
    )

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return urlsplit(self.url).path

    @property
    def is_right_to_left(self) -> bool:
        """Whether the pages are written from right to left."""
        from regesta.text.languages import is_right_to_left

        return is_right_to_left(self.language)

    @property
    def is_lean(self) -> bool:
        """Whether only what large archives need is made."""
        return self.outputs == "lean"

    @property
    def prefetch(self) -> str:
        """Speculation rules as JSON: browsers may fetch a page of the site, but no file, when a reader is about to open it."""
        base = _IN_PATTERNS.sub(r"\\\g<0>", self.base_path)
        where = {"href_matches": [base, f"{base}*/"]}
        rules = json.dumps({"prefetch": [{"where": where, "eagerness": "moderate"}]}, separators=(",", ":"))
        return rules.replace("&", r"\u0026")

    @property
    def prefetch_hash(self) -> str:
        """The hash by which the policy of pages allows these rules, and no other script among their lines."""
        from hashlib import sha256  # loads OpenSSL, which a build that changes nothing has no use for

        return b64encode(sha256(self.prefetch.encode()).digest()).decode()

    def href(self, address: str) -> str:
        """Return a site address (`/tags/`) as a root-relative link under the base path."""
        return self.base_path + address.removeprefix("/")

    def absolute(self, address: str) -> str:
        """Return a site address (`/tags/`) as a full web address."""
        return self.url + address.removeprefix("/")

    def permanent(self, address: str) -> str:
        """Return the id that feeds have for a site address, the same wherever the site lives."""
        joint = "" if self.feed_id.endswith((":", "/")) else "/"
        return f"{self.feed_id}{joint}{address.removeprefix('/')}"


#: The settings by group ("" for none) and by the key in it.
_GROUPS: dict[str, dict[str, Field[Any]]] = defaultdict(dict)
for _one in fields(Config):
    _group, _, _key = _one.metadata.get("key", _one.name).rpartition(".")
    _GROUPS[_group][_key] = _one


def load_config(content: Path, url: str = "", mistakes: Mistakes = lambda _: ()) -> Config:
    """Read the settings of the archive whose content folder is given.

    Args:
        content: the folder that holds `archive.yaml`.
        url: overrides the key of that name.
        mistakes: finds the mistakes in the query of a saved search.

    Raises:
        RegestaError: the file is missing or something in it is wrong; it holds all problems.
    """
    path, name = content / CONFIG_FILE, f"{content.name}/{CONFIG_FILE}"
    if not path.is_file():
        remedy = "run `regesta new DIR` for a new archive, or name another with --root"
        raise fail(name, "is not a file that can be read", remedy)
    source = read_text(path, name)
    data = read_yaml(source, name, load, "mend the YAML")
    try:
        found = schema.mapping(_readers(mistakes), "title")(data | {"url": url} if url else data)
    except SchemaError as error:
        raise TextFileError(_problems(error.faults, name, source, url)) from error
    return Config(**_by_field(found))


def _readers(mistakes: Mistakes) -> Readers:
    """Return the reader of each top-level key; a group of keys has one reader."""
    readers = {
        group: {key: setting.metadata["read"] for key, setting in settings.items()}
        for group, settings in _GROUPS.items()
    }
    top = readers.pop("") | {"searches": saved_searches(mistakes)}
    return top | {group: schema.mapping(inside) for group, inside in readers.items()}


def _by_field(found: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the file by the names of the fields."""
    return {
        setting.name: values[key]
        for group, values in (("", found), *found.items())
        for key, setting in _GROUPS.get(group, {}).items()
        if key in values
    }


def _problems(faults: list[Fault], name: str, source: str, url: str) -> list[Problem]:
    """Return the problems of the settings; url is the one from the command line."""
    of_option = [fault for fault in faults if url and fault.path == ("url",)]
    given = [Problem("--url", 0, f"{url!r} cannot be used", fault.remedy) for fault in of_option]
    return given + problems_of([fault for fault in faults if fault not in of_option], name, source)


def setting_problem(content: Path, keys: Sequence[str], what: str, remedy: str) -> Problem:
    """Return a problem with a setting, at its line; for those that only the archive's content shows."""
    source = read_text(content / CONFIG_FILE, CONFIG_FILE)
    return problems_of([Fault(tuple(keys), what, remedy)], f"{content.name}/{CONFIG_FILE}", source)[0]
