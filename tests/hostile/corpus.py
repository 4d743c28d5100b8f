"""The hostile corpus: every case, and how they are put into an archive, one by one or all together.

`case.py` says what a case is; a new one is a line in one of the tables of the modules that are joined here.
"""

from collections.abc import Iterable
from pathlib import Path

from hostile import curator, dumps, letters, markup, names, sizes, yaml_tricks
from hostile.case import Case, text_of

BYSTANDER = "bystander"


def corpus(length: int = sizes.LONG) -> list[Case]:
    """Return every case; long texts are of about that length."""
    kinds = (
        markup.cases(),
        yaml_tricks.cases(),
        letters.cases(),
        names.cases(),
        sizes.cases(length),
        curator.cases(length),
        dumps.cases(length),
    )
    return [case for kind in kinds for case in kind]


def plant(root: Path, cases: Iterable[Case]) -> None:
    """Put some cases into an archive, which is made if need be, with one innocent paper in it."""
    papers = root / "content" / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    (root / "content" / "scraped").mkdir(exist_ok=True)
    (papers / f"{BYSTANDER}.md").write_text(
        text_of("It stands by.", "added: 2025-06-01\n", title="An innocent bystander"), encoding="utf-8"
    )
    settings = root / "content" / "archive.yaml"
    for case in cases:
        case.plant(root)
    if not settings.exists() and not settings.is_symlink():
        settings.write_text("title: Our papers\nurl: https://example.org/lab/\n", encoding="utf-8")
