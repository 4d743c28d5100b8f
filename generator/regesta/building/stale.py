"""Which files are stale, and why: all drafts are compared with the last build's manifest, and only what changed is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.publishing.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from regesta.pages.page import Draft

#: Why a file is made.
NEW, CHANGED, GONE = "is new", "shows something else", "was taken away"
ALL = "settings, theme, navigation or Regesta itself changed"


class Task(NamedTuple):
    """A draft to be made, the fingerprint of its inputs, and why it is made."""

    draft: Draft
    fingerprint: str
    why: str


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
