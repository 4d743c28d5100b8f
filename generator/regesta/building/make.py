"""Make what changed: compare each draft with what the last build noted of it, and turn those that differ into bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.building.parallel import in_parallel
from regesta.pages.page import Page
from regesta.publishing.manifest import Manifest
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from regesta.pages.page import Draft

    Progress = Callable[[Sequence["Task"]], Iterable["Task"]]

NEW, CHANGED, ALL, GONE = (
    "is new",
    "shows something else",
    "settings, theme, navigation or Regesta itself changed",
    "was taken away",
)


class Task(NamedTuple):
    """A draft to be made: the fingerprint of its inputs, and why it is made."""

    draft: Draft
    fingerprint: str
    why: str


class MadeFile(NamedTuple):
    """A file that was made.

    Attributes:
        path: where it goes.
        fingerprint: a hash of what it was made from.
        output: a hash of its bytes.
        why: why it was made.
        is_new: whether the site does not hold these bytes there already.
    """

    path: str
    fingerprint: str
    output: str
    why: str
    is_new: bool


def compare(
    drafts: Iterable[Draft], before: Manifest, settings: str, missing: Collection[str]
) -> tuple[Manifest, list[Task]]:
    """Return the manifest of what stays as it is, and what is to be made.

    Args:
        drafts: the whole site.
        before: what the last build noted.
        settings: a hash of what every file depends on.
        missing: files of the last build that somebody took away.
    """
    after = Manifest(settings)
    tasks = []
    for draft in drafts:
        fingerprint = draft.fingerprint
        paths = [draft.path] if not draft.is_folder else _made_from(fingerprint, draft.path, before)
        known = before.inputs.get(paths[0]) if paths else None
        if known is None:
            why = NEW
        elif settings != before.settings:
            why = ALL
        elif known != fingerprint:
            why = CHANGED
        else:
            why = GONE if any(path in missing for path in paths) else ""
        if why:
            tasks.append(Task(draft, fingerprint, why))
            continue
        for path in paths:
            after.inputs[path], after.outputs[path] = fingerprint, before.outputs[path]
    return after, tasks


def _made_from(fingerprint: str, folder: str, before: Manifest) -> list[str]:
    """Return the files of a folder that were made together, from what a fingerprint stands for."""
    return [path for path, known in before.inputs.items() if known == fingerprint and path.startswith(folder)]


class Maker:
    """Makes files, and hands on those that differ from what the site holds.

    Args:
        render: turns a page into bytes.
        is_published: tells whether the site holds a file (path, bytes, their hash) already.
        put: takes a file (path, bytes) to be published.
    """

    def __init__(
        self,
        render: Callable[[Page], bytes],
        is_published: Callable[[str, bytes, str], bool],
        put: Callable[[str, bytes], None],
    ) -> None:
        self._render, self._is_published, self._put = render, is_published, put

    def make(self, tasks: Sequence[Task], jobs: int, progress: Progress) -> list[MadeFile]:
        """Make all that is to be made; return what came of it.

        Args:
            tasks: what is to be made.
            jobs: how many processes share the work.
            progress: wraps the tasks of this process while they are made.
        """
        size = -(-len(tasks) // jobs) or 1
        shares = [tasks[i : i + size] for i in range(0, len(tasks), size)]
        return [
            made
            for share in in_parallel(lambda share: [*self._all(progress(share))], shares)
            for made in share
        ]

    def _all(self, tasks: Iterable[Task]) -> Iterator[MadeFile]:
        for draft, fingerprint, why in tasks:
            made = draft.make()
            files = (
                {draft.path: self._render(made)}
                if isinstance(made, Page)
                else {draft.path: made}
                if isinstance(made, bytes)
                else made
            )
            for path, data in files.items():
                output = digest(data)
                is_new = not self._is_published(path, data, output)
                if is_new:
                    self._put(path, data)
                yield MadeFile(path, fingerprint, output, why, is_new)
