"""The options of a build: strict, full, dry run, profile; and builds when nothing changed."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from curator import Curator, bytes_of
from helpers import FIXTURES, files_of
from regesta.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    shutil.copytree(FIXTURES / "archive", root)
    collection = root / "content/collections/autumn.md"
    collection.write_text(
        collection.read_text(encoding="utf-8").replace("  - gone-for-good\n", ""), encoding="utf-8"
    )
    return root


def build(root, *options):
    return main(["build", "--root", str(root), *options])


def settle(root):
    """Make all files of the curator look old, as they are between two builds by hand."""
    for path in root.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_strict_build_publishes_nothing_with_a_problem(archive, capsys):
    build(archive)
    before = files_of(archive / "site")
    (archive / "content/papers/broken.md").write_text("---\ntitle: A\npublished: soon\n---\n")
    assert build(archive, "--strict") == 3
    assert "papers/broken.md:3: `published` cannot be read" in capsys.readouterr().err
    assert files_of(archive / "site") == before
    assert build(archive) == 1
    assert build(archive, "--strict") == 3


def test_a_strict_build_without_problems_is_a_build(archive):
    assert build(archive, "--strict") == 0
    assert (archive / "site/index.html").exists()


def test_a_full_build_mends_what_was_changed_in_the_site(archive):
    build(archive)
    page = archive / "site/index.html"
    good = page.read_bytes()
    with page.open("ab") as file:  # in place, as an editor might: no folder changes
        file.write(b"<p>mine")
    assert build(archive, "--full") == 0
    assert page.read_bytes() == good


def test_a_full_build_writes_only_what_differs(archive):
    build(archive)
    before = files_of(archive / "site")
    assert build(archive, "--full") == 0
    assert files_of(archive / "site") == before


def test_scripts_are_told_why_nothing_was_published(archive, capsys):
    (archive / "content/archive.yaml").write_text("titel: A\n")
    assert build(archive, "--json") == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"], problem["remedy"]) == (
        "content/archive.yaml",
        1,
        "did you mean `title`?",
    )


def test_a_dry_run_says_what_would_be_written_and_why(archive, capsys):
    build(archive)
    paper = next(path for path in sorted((archive / "content/papers").glob("*.md")))
    paper.write_text(paper.read_text(encoding="utf-8") + "\nAnother sentence.\n", encoding="utf-8")
    (archive / "content/papers/late.md").write_text("---\ntitle: Late\n---\n")
    before = files_of(archive)
    capsys.readouterr()
    assert build(archive, "--dry-run") == 0
    lines = capsys.readouterr().out.splitlines()
    assert {f"content/papers/{paper.name} is edited", "content/papers/late.md is new"} <= set(lines)
    assert "papers/late/index.html: is new" in lines
    assert f"papers/{paper.stem}/index.html: shows something else" in lines
    assert lines[-1].startswith(f"would build {archive / 'site'}: 13 papers")
    assert files_of(archive) == before


def test_a_dry_run_before_the_first_build_writes_nothing(archive, capsys):
    assert build(archive, "--dry-run") == 0
    assert "index.html: is new" in capsys.readouterr().out.splitlines()
    assert not (archive / "site").exists()


def test_a_dry_run_says_what_would_be_deleted(archive, capsys):
    build(archive)
    next(path for path in sorted((archive / "content/papers").glob("*.md"))).unlink()
    capsys.readouterr()
    build(archive, "--dry-run")
    assert any(
        line.endswith("index.html: is no longer part of the site")
        for line in capsys.readouterr().out.splitlines()
    )


def test_a_profile_names_each_stage(archive, capsys):
    build(archive, "--profile")
    stages = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert stages == ["look", "load", "search", "render", "publish"]


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1000", "²", "9" * 5000])
def test_the_number_of_processes_is_a_sensible_one(archive, jobs, capsys):
    assert build(archive, "--jobs", jobs) == 2
    assert "is not a number of processes" in capsys.readouterr().err


def test_when_nothing_changed_the_report_is_the_same(archive, capsys):
    (archive / "content/papers/broken.md").write_text("---\ntitle: A\npublished: soon\n---\n")
    accounts = []
    for _ in range(3):
        settle(archive)
        assert build(archive, "--json") == 1
        output = capsys.readouterr()
        account = json.loads(output.out)
        accounts.append([account[name] for name in ("papers", "pages", "files", "problems")] + [output.err])
    assert accounts[0] == accounts[1] == accounts[2]


@pytest.mark.slow
def test_when_nothing_changed_nothing_heavy_is_loaded(archive):
    """At the first build, the files are too fresh for a stamp; the second leaves one, which the third finds."""
    command = [
        sys.executable,
        "-c",
        "import sys; from regesta.cli import main; main(); print(*sys.modules)",
        "build",
        "--root",
        str(archive),
    ]
    loaded = []
    for _ in range(2):
        settled = "import regesta.content.find_files; regesta.content.find_files._TICK = 0; "
        ran = subprocess.run(
            [*command[:2], settled + command[2], *command[3:]], capture_output=True, text=True, check=True
        )
        loaded.append(set(ran.stdout.splitlines()[-1].split()))
    heavy = {
        "jinja2",
        "markdown_it",
        "yaml",
        "lunr",
        "latex2mathml",
        "httpx",
        "regesta.archive.archive.archive",
        "regesta.building.render",
        "regesta.building.plan",
    }
    assert heavy & loaded[0]
    assert not heavy & loaded[1]


@pytest.mark.parametrize(
    "damage", ["delete a page", "delete the manifest", "delete the site", "empty .regesta"]
)
def test_what_was_taken_away_comes_back_though_no_source_changed(archive, damage, monkeypatch):
    monkeypatch.setattr("regesta.content.find_files._TICK", 0)
    build(archive)
    build(archive)
    whole = bytes_of(archive / "site")
    if damage == "delete a page":
        (archive / "site/tags/index.html").unlink()
    elif damage == "delete the site":
        shutil.rmtree(archive / "site")
    elif damage == "empty .regesta":
        shutil.rmtree(archive / ".regesta")
    if damage == "delete the manifest":
        (archive / "site/.regesta.json").unlink()
        assert build(archive) == 2
        shutil.rmtree(archive / "site")
    assert build(archive) == 0
    assert bytes_of(archive / "site") == whole


def test_another_address_is_another_site(tmp_path):
    curator = Curator(tmp_path / "archive", 1)
    curator.build()
    curator.build("--url", "https://elsewhere.example/")
    assert "https://elsewhere.example/" in (curator.site / "robots.txt").read_text()


@pytest.mark.slow
def test_importing_and_building_wait_for_each_other(archive):
    """A build that finds another at work says so, and goes on when that one has ended."""
    hold = "import sys, time; from pathlib import Path; from regesta.dot_regesta import archive_lock\n"
    hold += "with archive_lock(Path(sys.argv[1]), print):\n    print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(archive / ".regesta")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with subprocess.Popen(
            [sys.executable, "-m", "regesta", "build", "--root", str(archive)], stderr=subprocess.PIPE
        ) as other:
            assert b"waiting" in other.stderr.readline()
            assert not (archive / "site").exists()
            holder.stdin.close()
            assert other.wait(60) == 0
    assert (archive / "site/index.html").exists()


def test_saving_can_be_turned_off(archive):
    """Then nothing on a page speaks of it, and the service worker of earlier visitors is taken back."""
    site, config = archive / "site", archive / "content/archive.yaml"
    build(archive)
    assert b'data-list="/lab/saved/"' in (site / "index.html").read_bytes()
    assert (site / "saved/index.html").is_file()
    assert b"unregister" not in (site / "sw.js").read_bytes()
    config.write_text(f"{config.read_text('utf-8')}\nsaved: false\n", "utf-8")
    build(archive)
    assert not (site / "saved").exists()
    assert b"unregister" in (site / "sw.js").read_bytes()
    home = (site / "index.html").read_text("utf-8")
    assert "trusted-types 'none'" in home
    assert "save.js" not in home
    assert "/saved/" not in home
    assert not [path for path in site.rglob("*.html") if "worker-src" in path.read_text("utf-8")]
