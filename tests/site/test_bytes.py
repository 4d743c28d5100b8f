"""The same content gives the same site, to the byte, wherever and whenever it is built."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from built import Built, build

ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"}


@pytest.fixture(scope="module")
def rebuilt(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The archive once more: from a fresh copy, with another clock, locale, hash seed and working folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(archive / "content", folder / "copy" / "content", copy_function=shutil.copyfile)
    return build(folder / "copy", folder / "output", "https://example.org/", cwd=Path("/"), **ELSEWHERE)


def test_two_builds_give_identical_bytes(site: Built, rebuilt: Built) -> None:
    """No file differs, none is missing, none is too many: pages, feeds with their guids and dates, the search index."""
    differing = sorted({name for name, _ in _digests(rebuilt) ^ _digests(site)})
    assert not differing, f"{len(differing)} files, the first of them {differing[:5]}"


def _digests(site: Built) -> set[tuple[str, str]]:
    return {(name, sha256((site.folder / name).read_bytes()).hexdigest()) for name in site.files}
