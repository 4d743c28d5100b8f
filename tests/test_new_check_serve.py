"""A new archive, and its preview."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from regesta.cli import main


@pytest.fixture
def root(tmp_path):
    assert main(["new", str(tmp_path / "demo")]) == 0
    return tmp_path / "demo"


def test_a_new_archive_builds_and_has_no_dead_link(root, capsys):
    assert main(["build", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_new_leaves_a_folder_alone_that_is_not_empty(root, capsys):
    assert main(["new", str(root)]) == 2
    assert "is not an empty folder" in capsys.readouterr().err


@pytest.fixture
def preview(root):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "regesta", "serve", "--root", str(root), "--port", str(port)]
    command += ["--url", "https://x.example/my-repo/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            if line.startswith("serving"):
                break
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_for(condition):
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_preview_lives_at_the_base_path_and_follows_edits(preview, root):
    status, html = get(f"{preview}/my-repo/papers/an-example-paper/")
    assert (status, "An example paper" in html) == (200, True)
    assert get(f"{preview}/")[0] == 200  # redirected to the base path
    assert get(f"{preview}/my-repo/nothing/")[0] == 404
    assert get(f"{preview}/my-repo/%2e%2e/content/archive.yaml")[0] == 404

    script = re.search(r'<script type="module" src="(/\.regesta/[^"]+)"', html)[1]
    assert "EventSource" in get(f"{preview}{script}")[1]
    with urllib.request.urlopen(f"{preview}/.regesta/events", timeout=20) as events:
        paper = root / "content/papers/an-example-paper.md"
        paper.write_text(paper.read_text().replace("An example paper", "A changed title"))
        assert b"data: built" in events.readline()
    assert wait_for(lambda: "A changed title" in get(f"{preview}/my-repo/papers/an-example-paper/")[1])


@pytest.mark.slow
def test_preview_survives_a_mistake(preview, root):
    config = root / "content/archive.yaml"
    good = config.read_text()
    config.write_text("nonsense: true\n")
    time.sleep(0.5)
    assert get(f"{preview}/my-repo/")[0] == 200
    config.write_text(good.replace("My papers", "Mended papers"))
    assert wait_for(lambda: "Mended papers" in get(f"{preview}/my-repo/")[1])


def test_a_taken_port_is_reported(root, capsys):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert main(["serve", "--root", str(root), "--port", str(busy.getsockname()[1])]) == 2
    assert "name another with --port" in capsys.readouterr().err
