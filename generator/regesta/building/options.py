"""How to build."""

from typing import NamedTuple


class Options(NamedTuple):
    """How to build.

    Attributes:
        url: where the site will live, in place of the setting.
        full: use no cache and trust no manifest: read all, make all, compare bytes.
        strict: publish nothing if there is any problem.
        dry_run: find out what would be written, and why, and write nothing.
        jobs: how many processes make pages; 0: as many as pay.
    """

    url: str = ""
    full: bool = False
    strict: bool = False
    dry_run: bool = False
    jobs: int = 0
