"""Make the stale files: each draft becomes a page and then bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.building.parallel import in_parallel
from regesta.pages.page import Page
from regesta.publishing.manifest import Manifest
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.building.stale import Task
    from regesta.pages.page import Draft

    Progress = Callable[[Sequence["Task"]], Iterable["Task"]]


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
        before: a hash of the bytes of each file of the last build, by its path.
    """

    def __init__(
        self,
        render: Callable[[Page], bytes],
        is_published: Callable[[str, bytes, str], bool],
        write: Callable[[str, bytes], None],
        before: Mapping[str, str],
    ) -> None:
        self._render, self._is_published, self._write = render, is_published, write
        self._before = before

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
            for path, data in self._files(draft):
                output = self._before[path] if data is None else digest(data)
                is_new = data is not None and not self._is_published(path, data, output)
                if data is not None and is_new:
                    self._write(path, data)
                yield MadeFile(path, fingerprint, output, why, is_new)

    def _files(self, draft: Draft) -> Iterable[tuple[str, bytes | None]]:
        """Return the paths and bytes of a draft's files; None for those that stay as they are."""
        content = draft.make()
        if isinstance(content, Page):
            content = self._render(content)
        return [(draft.path, content)] if isinstance(content, bytes) else content
