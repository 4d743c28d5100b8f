"""The files of papers: `content/files/<id>/`, copied beside the paper's page and linked there."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from regesta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.content.find_files import File

#: The kind of a file, by the beginning of its name; `paper` counts only if the file is a PDF.
_KIND_PATTERN = re.compile(r"(?i)(?:(paper)(?=.*\.pdf\Z)|(slides)|(poster)|(supp)|(video))")
_KINDS = ("pdf", "slides", "poster", "supplement", "video")
_INDEX = "index.html"


class Attachment(NamedTuple):
    """A file beside a paper's page.

    Attributes:
        file: the file in `content/`.
        name: its path below the paper's folder.
        path: its path on the site, relative to the site's root.
        kind: pdf, slides, poster, supplement, video, or "" if its name does not say.
    """

    file: File
    name: str
    path: str
    kind: str

    @property
    def address(self) -> str:
        """Its site address, percent-encoded."""
        return f"/{quote(self.path)}"

    @property
    def size(self) -> int:
        """Its size in bytes when the build began."""
        return self.file.signature[2]


def attach(
    files: Iterable[File], owners_of: Callable[[Iterable[str]], Mapping[str, str]]
) -> tuple[dict[str, tuple[Attachment, ...]], list[Problem]]:
    """Return the files of each paper, by its id, its own PDF first, and a problem for each file that cannot be used.

    Args:
        files: below `content/`, each named `files/<id>/…`; the id may be an alias.
        owners_of: returns the id of the paper to which each name belongs, as its id or an alias, if any does.
    """
    files = [*files]
    owners = owners_of({file.name.split("/")[1] for file in files})
    found: defaultdict[str, list[tuple[str, File]]] = defaultdict(list)
    problems: dict[str, Problem] = {}
    for file in files:
        _, folder, *rest = file.name.split("/")
        owner, name = owners.get(folder, ""), "/".join(rest)
        where, what, remedy = _refusal(file.name, folder, name, is_owned=bool(owner))
        if what:
            problems.setdefault(where, Problem(where, 0, what, remedy))
        else:
            found[owner].append((name, file))
    return {owner: _attachments(owner, named) for owner, named in found.items()}, [*problems.values()]


def _refusal(path: str, folder: str, name: str, *, is_owned: bool) -> tuple[str, str, str]:
    """Return which file or folder cannot be published, why, and what to do; three empty texts if all is well."""
    if not name:
        return path, "lies in no paper's folder", "put it into files/<id>/"
    if not is_owned:
        return (
            f"files/{folder}",
            "belongs to no paper: none has that id or alias",
            "rename the folder, or remove it",
        )
    if not name.isprintable() or "\\" in name:
        return path, "has a name that cannot be an address", "rename it"
    if name.split("/", maxsplit=1)[0].lower() == _INDEX:
        return path, "has the name of the paper's page", "rename it"
    return "", "", ""


def _attachments(owner: str, named: Iterable[tuple[str, File]]) -> tuple[Attachment, ...]:
    """Return the files of a paper, sorted by kind and name; a single PDF of unknown kind is the paper itself."""
    made = [Attachment(file, name, f"papers/{owner}/{name}", _kind(name)) for name, file in named]
    unnamed = [one for one in made if one.name.lower().endswith(".pdf") and not one.kind]
    if len(unnamed) == 1 and not any(one.kind == "pdf" for one in made):
        (only,) = unnamed
        made[made.index(only)] = Attachment(only.file, only.name, only.path, "pdf")
    return tuple(sorted(made, key=lambda one: ((*_KINDS, "").index(one.kind), one.name)))


def _kind(name: str) -> str:
    match = _KIND_PATTERN.match(name)
    return _KINDS[match.lastindex - 1] if match and match.lastindex else ""
