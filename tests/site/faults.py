"""Many faults told in few lines."""

from collections.abc import Iterable


def told(faults: Iterable[tuple[str, str]]) -> str:
    """Each thing that is wrong once, with the place where it was met first and how often; "" if nothing is.

    Args:
        faults: what is wrong, and where.
    """
    places: dict[str, list[str]] = {}
    for what, where in faults:
        places.setdefault(what, []).append(where)
    return "\n".join(
        f"{met[0]}: {what}" + f" (and {len(met) - 1} more)" * (len(met) > 1) for what, met in places.items()
    )
