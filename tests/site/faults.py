"""Many faults told in few lines."""

from collections.abc import Iterable


def told(faults: Iterable[tuple[str, str]]) -> str:
    """Each thing that is wrong once, how often it was met, and where first.

    Args:
        faults: what is wrong, and where.
    """
    places: dict[str, list[str]] = {}
    for what, where in faults:
        places.setdefault(what, []).append(where)
    return "\n".join(f"{what}: {len(met)} times, first in {met[0]}" for what, met in places.items())
