"""How a file becomes text: within a limit, with little memory, and with a reason if it cannot."""

import gzip
import os
import tracemalloc

import pytest

from regesta.sources.common import files
from regesta.sources.common.files import DumpError, ReadOptions, read_dump

MOST = 1 << 20
TOO_LARGE = "is larger than 1 MiB: split it, or leave it out"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(files, "DUMP", MOST)


def read(path):
    return read_dump(path, path.parent, ReadOptions()).text


def refusal(path):
    with pytest.raises(DumpError) as caught:
        read(path)
    return str(caught.value)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    for name in ("huge.bib", "huge.gz"):
        os.truncate(os.open(tmp_path / name, os.O_CREAT | os.O_WRONLY), 1 << 33)
        with monkeypatch.context() as context:
            context.setattr(files, "_bounded", lambda _read: pytest.fail("it is read"))
            assert refusal(tmp_path / name) == f"{name}:1: {TOO_LARGE}"


def test_what_hides_its_size_is_read_up_to_the_limit(tmp_path):
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"x" * (MOST + 1)))
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert refusal(tmp_path / "bomb.gz") == f"bomb.gz:1: {TOO_LARGE}"
    assert refusal(tmp_path / "zero") == f"zero:1: {TOO_LARGE}"
    (tmp_path / "full.gz").write_bytes(gzip.compress(b"x" * MOST))
    (tmp_path / "full").write_bytes(b"x" * MOST)
    assert read(tmp_path / "full.gz") == read(tmp_path / "full") == "x" * MOST


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: b"GZ" + data, lambda data: data[:12] + b"\xff" * 40]
)
def test_a_damaged_archive_is_refused(tmp_path, damage):
    (tmp_path / "a.gz").write_bytes(damage(gzip.compress(os.urandom(200))))
    assert refusal(tmp_path / "a.gz").startswith("a.gz:1: cannot be read (")


def test_standard_input_that_is_closed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(DumpError, match=r"standard input:1: cannot be read \(it is closed\)"):
        read_dump("-", tmp_path, ReadOptions())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\nb\n", "a\nb\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"\xef\xbb\xbfa\r\nb", "a\nb"),
        ("\ufeffaß\r\nb".encode("utf-16-le"), "aß\nb"),
        ("\ufeffaß\nb".encode("utf-16-be"), "aß\nb"),
        (b'<?xml version="1.0" encoding="latin-1"?>\r\xdf', '<?xml version="1.0" encoding="latin-1"?>\nß'),
    ],
)
def test_marks_and_declarations_decide_the_encoding(tmp_path, data, text):
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path / "a.txt") == text


@pytest.mark.parametrize(
    "data",
    [b"word \n", b"words\r\n", b"word\r"],
    ids=["unix", "windows", "old-mac"],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_reading_holds_the_bytes_and_one_text_at_most(tmp_path, data, mark):
    (tmp_path / "a.txt").write_bytes((mark + data * MOST)[:MOST])
    tracemalloc.start()
    try:
        read(tmp_path / "a.txt")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2.2 * MOST
