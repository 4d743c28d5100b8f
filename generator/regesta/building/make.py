"""Make what changed: compare all drafts with the last build's manifest, and make those that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.building.parallel import in_parallel
from regesta.pages.page import Page
from regesta.publishing.manifest import Manifest
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from regesta.pages.page import Draft

    Progress = Callable[[Sequence["Task"]], Iterable["Task"]]

#: Why a file is made.
NEW, CHANGED, GONE = "is new", "shows something else", "was taken away"
ALL = "settings, theme, navigation or Regesta itself changed"


class Task(NamedTuple):
    """A draft to be made, the fingerprint of its inputs, and why it is made."""

    draft: Draft
    fingerprint: str
    why: str


class MadeFile(NamedTuple):
    """A file that was made.

    Attributes:
        path: where it goes.
        fingerprint: a hash of its inputs.
        output: a hash of its bytes.
        why: why it was made.
        is_new: whether these bytes have to be published: the site has no such file, or other bytes.
    """

    path: str
    fingerprint: str
    output: str
    why: str
    is_new: bool


def compare(
    drafts: Iterable[Draft], before: Manifest, settings: str, missing: Collection[str]
) -> tuple[Manifest, list[Task]]:
    """Return the manifest of the files that stay as they are, and the tasks for all others.

    Args:
        drafts: the whole site.
        before: the manifest of the last build.
        settings: a hash of what every file depends on.
        missing: files of the last build that somebody took away.
    """
    kept, tasks = Manifest(settings), []
    for draft in drafts:
        paths = _paths(draft, before)
        why = _why(draft, paths, before, settings, missing)
        if why:
            tasks.append(Task(draft, draft.fingerprint, why))
            continue
        for path in paths:
            kept.inputs[path], kept.outputs[path] = draft.fingerprint, before.outputs[path]
    return kept, tasks


def _paths(draft: Draft, before: Manifest) -> list[str]:
    """Return the paths of a draft; for a folder, those that the last build made from the same inputs."""
    if not draft.is_folder:
        return [draft.path]
    from_the_same = [path for path, inputs in before.inputs.items() if inputs == draft.fingerprint]
    return [path for path in from_the_same if path.startswith(draft.path)]


def _why(
    draft: Draft, paths: Sequence[str], before: Manifest, settings: str, missing: Collection[str]
) -> str:
    """Return why a draft is made; "" if its files stay as they are."""
    inputs = before.inputs.get(paths[0]) if paths else None
    if inputs is None:
        return NEW
    if settings != before.settings:
        return ALL
    if inputs != draft.fingerprint:
        return CHANGED
    return GONE if any(path in missing for path in paths) else ""


def whole_manifest(kept: Manifest, made: Sequence[MadeFile]) -> Manifest:
    """Return the manifest of the whole site: the files that stay as they are, and those that were made."""
    inputs = {file.path: file.fingerprint for file in made}
    outputs = {file.path: file.output for file in made}
    return Manifest(kept.settings, kept.inputs | inputs, kept.outputs | outputs)


class Maker:
    """Makes files, and passes on those that differ from the site's.

    Args:
        render: turns a page into bytes.
        is_published: tells whether the site has a file (path, bytes, hash of the bytes) already.
        write: takes a file (path, bytes) that is to be published.
    """

    def __init__(
        self,
        render: Callable[[Page], bytes],
        is_published: Callable[[str, bytes, str], bool],
        write: Callable[[str, bytes], None],
    ) -> None:
        self._render, self._is_published, self._write = render, is_published, write

    def make(self, tasks: Sequence[Task], jobs: int, progress: Progress) -> list[MadeFile]:
        """Make the files of some tasks, and return them.

        Args:
            tasks: the drafts to be made.
            jobs: how many processes share the work.
            progress: wraps the tasks of this process while they are made.
        """
        size = -(-len(tasks) // jobs) or 1  # rounded up
        shares = [tasks[start : start + size] for start in range(0, len(tasks), size)]
        made = in_parallel(lambda share: [*self._all(progress(share))], shares)
        return [file for share in made for file in share]

    def _all(self, tasks: Iterable[Task]) -> Iterator[MadeFile]:
        for draft, fingerprint, why in tasks:
            for path, data in self._files(draft).items():
                output = digest(data)
                is_new = not self._is_published(path, data, output)
                if is_new:
                    self._write(path, data)
                yield MadeFile(path, fingerprint, output, why, is_new)

    def _files(self, draft: Draft) -> Mapping[str, bytes]:
        """Return the bytes of a draft's files, by their paths."""
        content = draft.make()
        if isinstance(content, Page):
            content = self._render(content)
        return {draft.path: content} if isinstance(content, bytes) else content
