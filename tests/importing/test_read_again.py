"""What can be read only once is read on each run, once; what cannot be read is refused, and the rest is imported."""

import os
import subprocess
import sys
import threading

import pytest

from helpers import new_root

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
#: Where it matters, an import gets so much memory (bytes): far less than what it is given to read.
ENOUGH = 3 << 30


@pytest.fixture
def root(tmp_path):
    root = new_root(tmp_path / "archive")
    (root / "content/scraped").mkdir()
    return root


def entry(title):
    return f"@misc{{a, title = {{{title}}}, abstract = {{What {title} says.}}}}\n".encode()


def run(root, *paths, given=b"", **options):
    """Import as a process of its own; return its status, its last line and what it remarks."""
    command = [sys.executable, "-m", "regesta", "import", "--root", str(root), *map(str, paths)]
    done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=120, **options)
    return done.returncode, done.stdout.decode().strip(), done.stderr.decode()


def filled(pipe, data):
    """Fill a pipe as soon as someone reads it, once."""
    writer = threading.Thread(target=pipe.write_bytes, args=[data])
    writer.start()
    return writer


def test_a_pipe_is_read_once_on_each_run(root, tmp_path):
    pipe = tmp_path / "p.bib"
    os.mkfifo(pipe)
    for title in ("Cats", "Dogs"):
        writer = filled(pipe, entry(title))
        assert run(root, pipe) == (0, "imported: found 1 = 1 new", "")
        writer.join()
    writer = filled(pipe, entry("Dogs"))
    assert run(root, pipe, pipe, f"{tmp_path}/p.bib") == (0, "imported: found 1 = 1 unchanged", "")
    writer.join()


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/dev/fd/0"])
def test_standard_input_is_read_on_each_run(root, tmp_path, name):
    for title in ("Cats", "Dogs"):
        assert run(root, name, given=entry(title))[:2] == (0, "imported: found 1 = 1 new")
    (tmp_path / "a.bib").write_bytes(entry("Birds"))
    for outcome in ("new", "unchanged"):
        with (tmp_path / "a.bib").open("rb") as file:
            command = [sys.executable, "-m", "regesta", "import", "--root", str(root), name]
            said = subprocess.run(command, stdin=file, capture_output=True, check=True, timeout=120).stdout
        assert said.decode() == f"imported: found 1 = 1 {outcome}\n"


@pytest.mark.slow
def test_what_is_too_large_is_refused_without_being_read(root, tmp_path):
    resource = pytest.importorskip("resource")
    huge = tmp_path / "huge.bib"
    huge.touch()
    os.truncate(huge, 1 << 33)
    (tmp_path / "a.bib").write_bytes(entry("Cats"))
    paths = [huge, "/dev/zero", tmp_path / "a.bib"]
    said = run(root, *paths, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ENOUGH, ENOUGH)))
    assert said[:2] == (1, "imported: found 3 = 1 new + 2 refused")
    for name in ("huge.bib", "zero"):
        assert f"{name}:1: is larger than 64 MiB: split it, or leave it out" in said[2]
    assert run(root, huge, tmp_path / "a.bib")[1] == "imported: found 2 = 1 unchanged + 1 refused"


def test_what_cannot_be_read_is_refused_and_the_rest_is_imported(root, tmp_path):
    scraped = root / "content/scraped"
    (scraped / "loop.bib").symlink_to("loop.bib")
    (scraped / "out.bib").symlink_to(tmp_path / "a.bib")
    (tmp_path / "a.bib").write_bytes(entry("Cats"))
    (scraped / "dogs.bib").write_bytes(entry("Dogs"))
    paths = [scraped / "loop.bib", scraped / "out.bib", scraped]
    for outcome in ("new", "unchanged"):
        status, said, remarks = run(root, *paths)
        assert (status, said) == (1, f"imported: found 4 = 1 {outcome} + 3 refused")
        assert (
            "content/scraped/out.bib: is a link that leads out of the archive: put the file itself here"
            in remarks
        )
        assert "content/scraped/loop.bib:1: cannot be read (" in remarks
    (scraped / "loop.bib").unlink()
    (scraped / "out.bib").unlink()
    assert run(root, scraped) == (0, "imported: found 1 = 1 unchanged", "")


def test_a_link_and_its_file_are_remembered_apart(root, tmp_path):
    (tmp_path / "a.bib").write_bytes(entry("Cats"))
    (tmp_path / "b.bib").symlink_to("a.bib")
    assert run(root, tmp_path / "a.bib")[1] == "imported: found 1 = 1 new"
    assert run(root, tmp_path / "b.bib")[1] == "imported: found 1 = 1 updated"
