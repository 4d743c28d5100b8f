"""The tutorial in docs/sources.md: the import uses its source, installed as a package of its own."""

import re
import sys

import pytest

from helpers import REPOSITORY, import_into, new_root

TUTORIAL = (REPOSITORY / "docs" / "sources.md").read_text(encoding="utf-8").partition("## Adding a source")[2]
LIST = """\
# Reading list

* Sparse Trees for Dense Forests. Ada Example, Bo Example. 2024. https://arxiv.org/abs/2410.21060v2
* Rivers and Sand. Cy Example. 2019.
* Something that we should read
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install what the tutorial writes, as a package manager would."""
    (module,) = re.findall(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
    (toml,) = re.findall(r"```toml\n(.*?)```", TUTORIAL, re.DOTALL)
    folder = tmp_path / "site-packages"
    info = folder / "reading_list-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "reading_list.py").write_text(module, encoding="utf-8")
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: reading-list\nVersion: 1.0\n", encoding="utf-8"
    )
    points = toml.replace('[project.entry-points."regesta.sources"]', "[regesta.sources]").replace('"', "")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    sys.modules.pop("reading_list", None)


@pytest.fixture
def root(tmp_path):
    root = new_root(tmp_path / "archive")
    (root / "list.txt").write_text(LIST, encoding="utf-8")
    return root


def test_the_source_of_the_tutorial_reads_a_list(package, root, capsys):
    assert package.exists()
    assert import_into(root, root / "list.txt") == 1
    captured = capsys.readouterr()
    assert captured.out == "imported: found 3 = 2 new + 1 refused\n"
    remedy = "write title, authors and year, a full stop after each"
    assert captured.err == f"list.txt:5: is not a paper: {remedy}\n"
    text = (root / "content/papers/2410.21060.md").read_text(encoding="utf-8")
    assert "authors: [Ada Example, Bo Example]" in text
    assert 'arxiv: "https://arxiv.org/abs/2410.21060"' in text


def test_without_the_package_the_layout_is_unknown(root, capsys):
    assert import_into(root, root / "list.txt") == 1
    assert "has a layout that no source knows" in capsys.readouterr().err


def test_a_package_that_cannot_be_loaded_is_reported(package, root, capsys):
    (package / "reading_list.py").write_text("import nothing_of_the_kind\n", encoding="utf-8")
    assert import_into(root, root / "list.txt") == 2
    assert (
        "source reading-list: cannot be loaded (No module named 'nothing_of_the_kind')"
        in capsys.readouterr().err
    )
