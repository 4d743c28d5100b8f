"""Make what is stale: each draft is compared with the last build, and where it differs, becomes a page and then bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.page import Page
from regesta.text.strings import checksum

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from regesta.pages.page import Draft, Unit
    from regesta.publishing.site_files import SiteFile

#: Why a file is made.
NEW, CHANGED, GONE = "is new", "shows something else", "was taken away"
ALL = "settings, theme, navigation or Regesta itself changed"


class MadeFile(NamedTuple):
    """A file that was planned.

    Attributes:
        path: where it goes.
        unit: what it belongs to.
        inputs: a hash of what it is made from.
        output: a hash of its bytes.
        why: why it was made; "" if the site's stays as it is.
        is_new: whether these bytes have to be published: the site has no such file, or other bytes.
        address, lastmod: of a page, else "".
        listed: whether it is a page that the sitemap lists.
    """

    path: str
    unit: str
    inputs: str
    output: str
    why: str
    is_new: bool
    address: str
    lastmod: str
    listed: bool


class Maker:
    """Makes files that are stale, and passes on those that differ from the site's.

    Args:
        before: return a file of the site by its path, None if there is none; and the files that belong to a unit.
        missing: files of the site that somebody took away.
        how: turns a page into bytes; tells whether the site's file at a path has some bytes, of which the hash is the
            same; takes a file (path, bytes) that is to be published.
        all_stale: whether settings or code changed, on which all files depend.
    """

    def __init__(
        self,
        before: tuple[Callable[[str], SiteFile | None], Callable[[str], Iterable[SiteFile]]],
        missing: Collection[str],
        how: tuple[Callable[[Page], bytes], Callable[[str, bytes], bool], Callable[[str, bytes], None]],
        *,
        all_stale: bool,
    ) -> None:
        self._before, self._of_unit = before
        self._render, self._is_same, self._write = how
        self._missing, self._all_stale = missing, all_stale

    def make(self, units: Iterable[Unit]) -> Iterator[MadeFile]:
        """Make the files of some units that are stale; yield all."""
        for unit, drafts in units:
            for draft in drafts:
                if draft.is_folder:
                    yield from self._folder(unit, draft)
                else:
                    yield self._file(unit, draft)

    def _file(self, unit: str, draft: Draft) -> MadeFile:
        before = self._before(draft.path)
        why = self._why(unit, draft, before)
        if not why and before:
            output, is_new = before.output, False
        else:
            content = draft.make()
            data = self._render(content) if isinstance(content, Page) else content
            if not isinstance(data, bytes):
                raise TypeError(draft.path)
            output, is_new = self._publish(draft.path, data, before)
        page = draft.address, draft.lastmod, draft.listed
        return MadeFile(draft.path, unit, draft.fingerprint, output, why, is_new, *page)

    def _why(self, unit: str, draft: Draft, before: SiteFile | None) -> str:
        """Return why a file is made; "" if it stays as it is. One that belonged to another unit is new."""
        if before is None or before.unit not in (unit, None):
            return NEW
        if self._all_stale:
            return ALL
        if before.inputs != draft.fingerprint:
            return CHANGED
        return GONE if draft.keeper in self._missing else ""

    def _publish(self, path: str, data: bytes, before: SiteFile | None) -> tuple[str, bool]:
        """Hand a file to the publisher, unless the site has it; return the hash of its bytes, and whether it is new."""
        output = checksum(data)
        is_there = before is not None and before.output == output and path not in self._missing
        is_new = not (is_there and self._is_same(path, data))
        if is_new:
            self._write(path, data)
        return output, is_new

    def _folder(self, unit: str, draft: Draft) -> Iterator[MadeFile]:
        """Make the files of a folder together, or keep all."""
        before = {file.path: file for file in self._of_unit(unit) if file.path.startswith(draft.path)}
        stale = self._why(unit, draft, before.get(draft.keeper))
        stale = stale or (GONE if not before.keys().isdisjoint(self._missing) else "")
        for path, data in self._contents(draft) if stale else dict.fromkeys(before).items():
            known = before.get(path) or self._before(path)
            if data is None and known:
                why, output, is_new = "", known.output, False
            else:
                why, (output, is_new) = stale, self._publish(path, data or b"", known)
            inputs = draft.fingerprint if path == draft.keeper else ""
            yield MadeFile(path, unit, inputs, output, why, is_new, "", "", False)

    @staticmethod
    def _contents(draft: Draft) -> Iterable[tuple[str, bytes | None]]:
        content = draft.make()
        if isinstance(content, Page | bytes):
            raise TypeError(draft.path)
        return content
