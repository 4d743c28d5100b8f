"""The preview: to whom it answers, what it tells, and that it follows the archive through whatever happens to it."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from regesta import limits
from regesta.cli import main
from regesta.serve import Builds, Server

BASE = "/my-repo/"
PAPER = "papers/an-example-paper"


def run_server(folder, base=BASE):
    server = Server(folder, base, 0, Builds())
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def site(tmp_path):
    """A folder as a build leaves it, with a neighbour that is nobody's business."""
    folder = tmp_path / "preview"
    (folder / "papers/é x").mkdir(parents=True)
    (tmp_path / "preview-drafts").mkdir()
    (tmp_path / "draft.html").write_text("draft")
    (folder / "index.html").write_text("<head></head>home")
    (folder / "404.html").write_text("<head></head>not here")
    (folder / "papers/é x/index.html").write_text("paper")
    return folder


@pytest.fixture
def server(site):
    server = run_server(site)
    yield server
    server.shutdown()
    server.server_close()


def send(server, request, timeout=20):
    """Send bytes; return the status, the headers and the body of the answer: 0 and nothing if there is none."""
    with socket.create_connection(server.server_address, timeout) as connection:
        with suppress(ConnectionError):
            connection.sendall(request)
        answer = b""
        with suppress(ConnectionError):
            while data := connection.recv(1 << 16):
                answer += data
    head, _, body = answer.decode("utf-8").partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return int(status.split()[1]) if status else 0, dict(line.split(": ", 1) for line in lines), body


def ask(server, path, method="GET", **headers):
    """Send a request as a browser does."""
    lines = {"Host": f"127.0.0.1:{server.server_port}"} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return send(server, f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode())


PATHS = [BASE, f"{BASE}nothing", "/", "/.regesta/events", "/.regesta/reload.js"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1:{port}.evil.example", "", "[::1]"])  # fmt: skip
def test_another_host_is_refused(server, path, host):
    """A web page whose own host name leads to this machine reads no draft."""
    status, _, body = ask(server, path, Host=host.format(port=server.server_port))
    assert status == 421
    assert body.startswith("This preview answers only as 127.0.0.1:")


@pytest.mark.parametrize("path", PATHS)
def test_a_request_names_one_host(server, path):
    good = f"Host: 127.0.0.1:{server.server_port}\r\n".encode()
    for hosts in (b"", good * 2, good + b"Host: evil.example\r\n", b"Host : 127.0.0.1\r\n"):
        assert send(server, f"GET {path} HTTP/1.1\r\n".encode() + hosts + b"\r\n")[0] == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_its_own_names_are_answered(server, host):
    assert ask(server, BASE, Host=f"{host}:{server.server_port}")[0] == 200


@pytest.mark.parametrize("path", [*PATHS[:3], PATHS[4], f"{BASE}papers/é x".replace("é x", "%C3%A9%20x")])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_no_page_of_another_origin_reads_an_answer(server, path, method):
    headers = ask(server, path, method, Origin="https://evil.example")[1]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", BASE),
        ("/my-repo", BASE),
        (f"{BASE}papers", f"{BASE}papers/"),
        (f"{BASE}papers/%C3%A9%20x", f"{BASE}papers/%C3%A9%20x/"),
        (f"{BASE}papers/%C3%A9%20x?a=1#b", f"{BASE}papers/%C3%A9%20x/"),
    ],
)
def test_a_folder_leads_to_its_page(server, path, location):
    assert ask(server, path)[:2][1]["Location"] == location
    assert ask(server, path, "HEAD")[0] == 302


@pytest.mark.parametrize("base", ["/", BASE, "/%C3%A9/"])
def test_no_address_leads_to_another_host_or_sets_a_header(site, base):
    (site / "evil.example").mkdir()
    (site / "a\r\nSet-Cookie: b").mkdir()
    (site / "\\evil").mkdir()
    server = run_server(site, base)
    for start in ("/", base):
        for path in ("/evil.example", "//evil.example", "%2fevil.example", "%2f/evil.example", "%5cevil", "\\evil", "/evil.example/..", "a%0d%0aSet-Cookie:%20b", "%0d%0aSet-Cookie:%20b"):  # fmt: skip
            status, headers, _ = ask(server, start + path)
            assert status in {302, 404}
            assert "Set-Cookie" not in headers
            assert re.fullmatch(r"/(?:[\w.%-]+/)*", headers.get("Location", "/"))
    assert ask(server, "http://evil.example/")[0] == 404
    assert ask(server, "http://[/")[0] == 404
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "back", ["..", "%2e%2e", ".%2e", "..%2f..", "papers/..%2f..", "papers/../..", "..%5c"]
)
def test_it_tells_nothing_of_what_lies_outside(server, site, back):
    """A folder or a file that is there and one that is not get the same answer."""
    answers = {
        ask(server, f"{BASE}{back}/{name}")[0:3:2]
        for name in ("", "draft.html", "preview-drafts", "preview-drafts/", "nothing", "preview/index.html")
    }
    outside = {
        ask(server, f"{BASE}{path}")[0:3:2] for path in (f"/{site}/index.html", "%2fetc", "/etc/passwd")
    }
    assert answers | outside == {ask(server, f"{BASE}nothing")[0:3:2]}
    assert {status for status, _ in answers} == {404}


def test_links_lead_no_further_than_the_site(server, site):
    (site / "out").symlink_to(site.parent)
    (site / "out.html").symlink_to(site.parent / "draft.html")
    (site / "loop").symlink_to("loop")
    (site / "in.html").symlink_to("index.html")
    for path in ("out", "out/", "out/draft.html", "out.html", "loop", "loop/", "loop/x"):
        assert ask(server, BASE + path)[0] == 404, path
    assert ask(server, f"{BASE}in.html")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["a" * 6000, "a/" * 3000, "%C3%A9" * 250, "%00", "a%00b", "%0a", "%ff", "%ED%A0%80", "%", "index.html/", "papers/", "?" * 99],
)  # fmt: skip
def test_an_address_without_a_file_is_not_found(server, path, capfd):
    assert ask(server, BASE + path)[0] == (200 if path[0] == "?" else 404)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"\r\n", {0}),
        (b"GET\r\n\r\n", {400}),
        (b"GET / HTTP/9.9\r\n\r\n", {505}),
        (b"GET / HTTP/x\r\n\r\n", {400}),
        (b"\x16\x03\x01\x02\x00\x01\xfc\r\n\r\n", {400}),
        (b"GET / a b c HTTP/1.1\r\n\r\n", {400}),
        (b"POST /my-repo/ HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", {0, 501}),
        (b"OPTIONS * HTTP/1.1\r\n\r\n", {501}),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", {0, 414}),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n", {0, 431}),
        (b"GET / HTTP/1.1\r\na: " + b"b" * 70_000 + b"\r\n\r\n", {0, 431}),
    ],
)
def test_a_bad_request_is_answered_without_a_word(server, request_, statuses, capfd):
    """An answer to a request that was not read to its end may be lost on its way: 0."""
    assert send(server, request_)[0] in statuses
    assert ask(server, BASE)[0] == 200
    assert capfd.readouterr() == ("", "")


def test_a_part_of_a_file_is_not_asked_for(server):
    assert ask(server, BASE, Range="bytes=0-1")[2].endswith("home")


def test_browsers_may_leave_at_any_time(server, site, capfd):
    (site / "large.bin").write_bytes(bytes(1 << 24))
    host = f"Host: 127.0.0.1:{server.server_port}\r\n\r\n".encode()
    for path in (b"large.bin", b"index.html", b"../.regesta/events"):
        with socket.create_connection(server.server_address) as connection:
            connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"
            )  # leave without a word
            connection.sendall(b"GET /my-repo/" + path + b" HTTP/1.1\r\n" + host)
            connection.recv(10)
    assert ask(server, BASE)[0] == 200
    assert capfd.readouterr() == ("", "")


def test_connections_that_say_nothing_keep_nobody_out(server):
    silent = [socket.create_connection(server.server_address) for _ in range(limits.PREVIEW_CONNECTIONS * 2)]
    assert ask(server, BASE)[0] == 200
    assert threading.active_count() < limits.PREVIEW_CONNECTIONS * 1.5
    for connection in silent:
        connection.close()


def test_a_silent_connection_is_closed_after_a_while(server, monkeypatch):
    monkeypatch.setattr("regesta.serve.Handler.timeout", 0.1)
    assert send(server, b"GET / HT")[0] == 0


def test_pages_are_whole_while_the_site_is_exchanged(server, site, capfd):
    other, spare = site.with_name("other"), site.with_name("spare")
    shutil.copytree(site, other)
    stop = threading.Event()

    def exchange():
        while not stop.is_set():
            site.rename(spare)
            other.rename(site)
            spare.rename(other)

    exchanger = threading.Thread(target=exchange)
    exchanger.start()
    statuses = {ask(server, BASE)[0] for _ in range(300)}
    stop.set()
    exchanger.join()
    assert statuses <= {200, 404}
    assert capfd.readouterr() == ("", "")


def test_an_error_of_its_own_is_one_line(server, monkeypatch, capfd):
    monkeypatch.setattr("regesta.serve._read", lambda _: 1 // 0)
    assert ask(server, BASE)[0] == 0
    assert re.fullmatch(r"a request could not be answered: ZeroDivisionError.*\n", capfd.readouterr().err)


# The command itself, with an archive


@pytest.fixture
def root(tmp_path):
    assert main(["new", str(tmp_path / "demo")]) == 0
    return tmp_path / "demo"


class Preview:
    """A running `regesta serve`, and what it says."""

    def __init__(self, root):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.server_address = probe.getsockname()
        self.server_port = self.server_address[1]
        command = [
            sys.executable,
            "-m",
            "regesta",
            "serve",
            "--root",
            str(root),
            "--port",
            str(self.server_port),
        ]
        command += ["--url", "https://x.example/my-repo/"]
        self.said = root.with_name("said")
        with self.said.open("w") as said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said)
        self.wait_for_line("serving")

    def wait_for_line(self, *words, times=1):
        """Wait until it has said lines with these words."""
        until(lambda: all(self.said.read_text().count(word) >= times for word in words))

    def page(self, path=PAPER):
        """Return the text of a page, or of what says that it is missing."""
        return ask(self, f"{BASE}{path}/")[2]


def until(condition):
    """Wait until something is the case, for half a minute at most."""
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("has not come to pass")


@pytest.fixture
def preview(root):
    preview = Preview(root)
    yield preview
    preview.process.kill()
    preview.process.wait()
    assert "Traceback" not in preview.said.read_text()


def retitle(root, title):
    """Edit the example, whatever its title is."""
    path = root / f"content/{PAPER}.md"
    path.write_text(re.sub("(?m)^title: .*", f"title: {title}", path.read_text()))


@pytest.mark.slow
def test_it_lives_at_the_base_path_and_follows_edits(preview, root):
    assert "An example paper" in preview.page()
    script = re.search(r'<script type="module" src="(/\.regesta/[^"]+)"', preview.page())[1]
    assert "EventSource" in ask(preview, script)[2]
    assert ask(preview, f"{BASE}nothing/")[0] == 404
    with socket.create_connection(preview.server_address, 30) as stream:
        stream.sendall(
            f"GET /.regesta/events HTTP/1.1\r\nHost: localhost:{preview.server_port}\r\n\r\n".encode()
        )
        lines = stream.makefile("rb")
        while lines.readline() != b"\r\n":
            pass
        retitle(root, "A changed title")
        assert lines.readline() == b"data: built\n"
        assert "A changed title" in preview.page()
        preview.process.send_signal(signal.SIGINT)
        assert preview.process.wait(10) == 130
    preview.wait_for_line("stopped")


@pytest.mark.slow
def test_it_survives_a_mistake(preview, root):
    config = root / "content/archive.yaml"
    good = config.read_text()
    config.write_text("nonsense: true\n")
    preview.wait_for_line("`nonsense` is not a known key")
    assert "An example paper" in preview.page()
    config.write_text(good.replace("My papers", "Mended papers"))
    until(lambda: "Mended papers" in preview.page())


@pytest.mark.slow
def test_it_follows_content_that_goes_and_comes_back(preview, root):
    """As the checkout of another branch does it: deleted and made again, at once or later, or replaced by a rename."""
    kept = shutil.copytree(root / "content", root / "kept")
    shutil.rmtree(root / "content")
    preview.wait_for_line("content/ is gone: waiting for it to come back")
    assert "An example paper" in preview.page()
    shutil.copytree(kept, root / "content")
    preview.wait_for_line("changed: building")
    retitle(root, "Back again")
    until(lambda: "Back again" in preview.page())

    shutil.rmtree(root / "content")
    shutil.copytree(kept, root / "content")
    until(lambda: "An example paper" in preview.page())
    retitle(root, "Made at once")
    until(lambda: "Made at once" in preview.page())

    (root / "content").rename(root / "old")
    kept.rename(root / "content")
    until(lambda: "An example paper" in preview.page())
    retitle(root, "Renamed")
    until(lambda: "Renamed" in preview.page())

    root.rename(root.with_name("away"))
    preview.wait_for_line("content/ is gone", times=2)
    root.with_name("away").rename(root)
    preview.wait_for_line("changed: building", times=7)
    retitle(root, "Home again")
    until(lambda: "Home again" in preview.page())


@pytest.mark.slow
def test_it_follows_themes_that_come_later(preview, root):
    css = root / "themes/ours/css/95-ours.css"
    css.parent.mkdir(parents=True)
    (root / "themes/ours/theme.yaml").write_text("extends: default\n")
    with (root / "content/archive.yaml").open("a") as settings:
        settings.write("theme: ours\n")

    def style():
        return ask(preview, re.search(r'rel="stylesheet" href="([^"]+)"', preview.page())[1])[2]

    css.write_text("a { color: red }")
    until(lambda: "color: red" in style())
    css.write_text("a { color: tan }")
    until(lambda: "color: tan" in style())
    shutil.rmtree(root / "themes")
    preview.wait_for_line("themes/ours: is not a theme")
    assert "color: tan" in style()


@pytest.mark.slow
@pytest.mark.parametrize("name", [".regesta/preview", ".regesta"])
def test_a_preview_that_was_deleted_is_built_again(preview, root, name):
    shutil.rmtree(root / name)
    until(lambda: "An example paper" in preview.page())


def test_a_taken_port_is_reported(root, capsys):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert main(["serve", "--root", str(root), "--port", str(busy.getsockname()[1])]) == 2
    assert "name another with --port" in capsys.readouterr().err


def test_a_folder_of_others_is_not_served(root, tmp_path, capsys):
    (tmp_path / "private").mkdir()
    (tmp_path / "private/diary.txt").touch()
    assert main(["serve", "--root", str(root), "--output", str(tmp_path / "private")]) == 2
    assert "holds files that Regesta did not make" in capsys.readouterr().err
