"""Fetching from a server on this machine, day by day: politely, and from where an earlier run was interrupted."""

import gzip
import json
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from helpers import files_of, new_root
from regesta.cli import main
from regesta.errors import RegestaError
from regesta.importing import fetch as fetching
from regesta.importing import http, transport
from regesta.importing.fetch import days_of

pytestmark = pytest.mark.slow


def listed(number, day, **more):
    """Return an entry of the server's list."""
    paper = {
        "id": f"2510.{number:05}",
        "title": f"Glass Bridges, Part {number}",
        "summary": f"Bridge number {number} is made of {'very ' * number}thin glass.",
        "authors": [{"name": "Ada Example", "user": {"avatarUrl": "/a.svg"}}],
        "publishedAt": f"{day}T00:00:00.000Z",
        "submittedOnDailyAt": f"{day}T00:00:00.000Z",
        "upvotes": number,
    }
    return {
        "paper": paper,
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": paper["title"],
        "numComments": 1,
        **more,
    }


class Server(ThreadingHTTPServer):
    """Serves lists by day; `answers` come first, whatever the request: status, headers and body, or a function."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.days, self.answers, self.asked, self.agents = {}, [], [], set()
        self.closing = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.server.asked.append((parts.path, asked))
        self.server.agents.add(self.headers["User-Agent"])
        if self.server.answers:
            answer = self.server.answers.pop(0)
            if callable(answer):
                self.close_connection = True
                with suppress(OSError):  # the client does not wait for the end
                    answer(self)
                return
            status, headers, body = answer
        else:
            page, size = int(asked["p"]), int(asked["limit"])
            status, headers, body = (
                200,
                {},
                json.dumps(self.server.days.get(asked["date"], [])[page * size : (page + 1) * size]).encode(),
            )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def naps(monkeypatch):
    """Return the seconds for which the code asked to sleep; it does not wait."""
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")  # 2026-11-20
    root = new_root(tmp_path / "archive")
    (root / "content" / "archive.yaml").write_text(
        "title: Our papers\ncontact: mailto:us@example.org\n", encoding="utf-8"
    )
    return root


@pytest.fixture
def fetch(root, server, capsys):
    """Return a function that fetches and returns the exit status, the output, and the lines of the error output."""

    def run(*options):
        status = main(["fetch", "huggingface", "--server", f"{server.url}/", "--root", str(root), *options])
        captured = capsys.readouterr()
        return status, captured.out.strip(), captured.err.splitlines()

    return run


def test_a_day_becomes_a_dump_and_papers(root, server, fetch):
    server.days["2025-10-31"] = [
        listed(1, "2025-10-31"),
        listed(2, "2025-10-31", organization={"name": "lab", "fullname": "Example Lab"}),
    ]
    status, output, remarks = fetch("--date", "2025-10-31")
    assert (status, output) == (0, "imported: found 2 = 2 new")
    assert remarks[-1] == "fetched 1 day, 0 fetched before, 0 without papers"
    assert (
        json.loads((root / "content/scraped/huggingface/2025-10-31.json").read_text(encoding="utf-8"))
        == server.days["2025-10-31"]
    )
    text = (root / "content/papers/2510.00002.md").read_text(encoding="utf-8")
    assert 'featured: "2025-10-31"' in text
    assert "authors: [Ada Example]" in text
    assert "{file: scraped/huggingface/2025-10-31.json, line: " in text
    assert "avatar" not in text
    assert server.asked == [("/api/daily_papers", {"date": "2025-10-31", "limit": "100", "p": "0"})]
    (agent,) = server.agents
    assert agent.startswith("Regesta/")
    assert agent.endswith("(+mailto:us@example.org)")


def test_a_day_is_not_fetched_again_unless_asked_for(root, server, fetch):
    server.days = {"2025-10-27": [listed(1, "2025-10-27")], "2025-10-29": [listed(2, "2025-10-29")]}
    assert fetch("--week", "2025-W44")[2][-1] == "fetched 2 days, 0 fetched before, 5 without papers"
    before = files_of(root / "content")
    status, output, remarks = fetch("--from", "2025-10-27", "--to", "2025-10-29")
    assert (status, output) == (0, "imported: found 2 = 2 unchanged")
    assert remarks[-1] == "fetched 0 days, 2 fetched before, 1 without papers"
    assert files_of(root / "content") == before
    server.days["2025-10-27"][0]["numComments"] = 7
    assert fetch("--date", "2025-10-27", "--again")[1] == "imported: found 1 = 1 updated"
    assert "comments: 7" in (root / "content/papers/2510.00001.md").read_text(encoding="utf-8")


def test_a_day_that_is_not_over_is_fetched_again(server, fetch):
    server.days["2026-11-20"] = [listed(1, "2026-11-20")]
    fetch("--date", "2026-11-20")
    server.days["2026-11-20"].append(listed(2, "2026-11-20"))
    assert fetch("--from", "2026-11-20")[1] == "imported: found 2 = 1 new + 1 unchanged"


def test_long_days_come_in_pages(server, fetch):
    server.days["2025-10-31"] = [listed(number, "2025-10-31") for number in range(130)]
    assert fetch("--date", "2025-10-31")[1] == "imported: found 130 = 130 new"
    assert [asked["p"] for _, asked in server.asked] == ["0", "1"]


def test_a_server_that_asks_to_wait_is_waited_for(server, fetch, naps):
    server.days["2025-10-31"] = [listed(1, "2025-10-31")]
    server.answers = [(429, {"Retry-After": "17"}, b""), (503, {}, b""), (500, {}, b"")]
    status, output, remarks = fetch("--date", "2025-10-31")
    assert (status, output) == (0, "imported: found 1 = 1 new")
    assert naps[0] == 17
    assert "127.0.0.1 asks to wait: 17 seconds" in remarks


def test_a_quota_that_is_used_up_is_waited_for(server, fetch, naps):
    server.days = {day: [listed(number, day)] for number, day in enumerate(("2025-10-30", "2025-10-31"))}
    server.answers = [(200, {"RateLimit": '"api";r=0;t=42'}, json.dumps(server.days["2025-10-30"]).encode())]
    assert fetch("--from", "2025-10-30", "--to", "2025-10-31")[1] == "imported: found 2 = 2 new"
    assert naps == [42]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([(429, {"Retry-After": "86400"}, b"")] , "asks to wait 86400 seconds, and a fetch waits 600 at most in all"),
        ([(429, {"Retry-After": "9" * 5000}, b"")], "asks to wait 9999999999 seconds, and a fetch waits 600 at most in all"),
        ([(429, {"Retry-After": "Mon, 01 Jan 99999999999999999999 00:00:00 +9999"}, b"")] * 9, "answers 429 (an empty answer)"),
        ([(503, {}, b"")] * 9, "answers 503 (an empty answer)"),
        ([(204, {}, b"")], "answers 204 (an empty answer)"),
        ([(200, {"Content-Length": "9"}, b"[]")] * 9, "cannot be reached (peer closed connection without sending complete message body (received 2 bytes, expected 9))"),
        ([(200, {}, b'["\xe9"]')], "is not JSON ('utf-8' codec can't decode byte 0xe9 in position 2)"),
        ([(400, {}, b'{"error": "\x1b[31mno such day"}')], 'answers 400 ({"error": "[31mno such day"})'),
        ([(200, {}, b"<html>")], "is not JSON (expecting value)"),
        ([(200, {}, b'{"error": 1}')], "answers with something that is not a list of papers"),
        ([(302, {"Location": "/api/daily_papers"}, b"")] * 9, "cannot be reached (Exceeded maximum allowed redirects.)"),
        ([(302, {"Location": "file:///etc/passwd"}, b"")], "leads to an address of another kind (file)"),
    ],
)  # fmt: skip
def test_a_failure_is_reported_and_earlier_days_are_kept(server, fetch, naps, answers, why):
    server.days["2025-10-30"] = [listed(1, "2025-10-30")]
    fetch("--date", "2025-10-30")
    server.answers = list(answers)
    status, output, remarks = fetch("--from", "2025-10-30", "--to", "2025-11-02")
    assert (status, output) == (1, "imported: found 1 = 1 unchanged")
    assert f"{server.url} 2025-10-31: {why}: try again later: earlier days are kept" in remarks
    assert sum(naps) < 600


def test_a_redirect_to_an_impossible_host_is_reported(server, fetch):
    server.answers = [(302, {"Location": f"http://{'a' * 70}.org/"}, b"")]
    status, _, remarks = fetch("--date", "2025-10-31")
    assert status == 1
    assert f"{server.url} 2025-10-31: cannot be reached (" in remarks[0]


def trickle(start, part, pause=0.02):
    """Return an answer that begins, and never ends."""

    def send(handler):
        handler.wfile.write(start)
        while not handler.server.closing.wait(pause):
            handler.wfile.write(part)

    return send


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        trickle(b"", b""),
        trickle(OK + b"X: ", b"x"),
        trickle(OK, b"X: x\r\n"),
        trickle(OK + b"Content-Length: 1000\r\n\r\n", b"["),
        trickle(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 100, pause=0),
    ],
    ids=["silence", "a header", "headers", "a body", "promises"],
)
def test_a_slow_answer_is_told_and_cut_off(server, fetch, monkeypatch, answer):
    monkeypatch.setattr(transport, "_TOLD_AFTER", 0.05)
    monkeypatch.setattr(transport, "REQUEST_SECONDS", 0.5)
    server.days["2025-10-30"] = [listed(1, "2025-10-30")]
    server.answers = [(200, {}, json.dumps(server.days["2025-10-30"]).encode()), answer]
    status, output, remarks = fetch("--from", "2025-10-30", "--to", "2025-11-02")
    assert (status, output) == (1, "imported: found 1 = 1 new")
    assert "waiting for 127.0.0.1 …" in remarks
    assert any("2025-10-31: does not answer within 0.5 seconds: try again later" in line for line in remarks)


def test_a_silent_server_is_told_soon_and_left_at_once(root, server):
    server.answers = [trickle(b"", b"")]
    options = ["--server", server.url, "--date", "2025-10-31", "--root", str(root)]
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from regesta.__main__ import run; run()"
    command = [sys.executable, "-c", program, "fetch", "huggingface", *options]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    with running, ThreadPoolExecutor() as pool:
        try:
            assert pool.submit(running.stderr.readline).result(timeout=10) == "waiting for 127.0.0.1 …\n"
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=10) == 130
        finally:
            running.kill()


def test_waits_are_bounded_in_sum(server, fetch, naps):
    server.answers = [(429, {"Retry-After": "250"}, b"")] * 9
    status, _, remarks = fetch("--date", "2025-10-31")
    assert (status, naps) == (1, [250, 250])
    assert "asks to wait 250 seconds, and a fetch waits 600 at most in all" in remarks[-2]


def test_a_quota_of_many_digits_ends_the_fetch(server, fetch, naps):
    server.days["2025-10-30"] = [listed(1, "2025-10-30")]
    quota = {"RateLimit": f'"api";r=0;t={"9" * 400}'}
    server.answers = [(200, quota, json.dumps(server.days["2025-10-30"]).encode())]
    status, output, _ = fetch("--from", "2025-10-30", "--to", "2025-10-31")
    assert (status, output, naps) == (1, "imported: found 1 = 1 new", [])


@pytest.mark.parametrize("name", ["identity", "gzip"])
def test_an_endless_answer_is_cut_off(server, fetch, monkeypatch, name):
    monkeypatch.setattr(transport, "ANSWER", 1000)
    body = b"[" + b" " * 100_000 + b"]"
    server.answers = [(200, {"Content-Encoding": name}, gzip.compress(body) if name == "gzip" else body)]
    status, _, remarks = fetch("--date", "2025-10-31")
    assert status == 1
    assert "sends more than 0 MiB" in remarks[0]


def test_an_answer_may_be_packed_by_gzip_and_by_nothing_else(server, fetch):
    body = gzip.compress(json.dumps([listed(1, "2025-10-31")]).encode())
    server.answers = [
        (200, {"Content-Encoding": "gzip"}, body),
        (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(body)),
    ]
    status, output, remarks = fetch("--from", "2025-10-31", "--to", "2025-11-01")
    assert (status, output) == (1, "imported: found 1 = 1 new")
    assert "answers with a body packed by 'gzip, gzip', which was not asked for" in remarks[0]


def pages(*sizes):
    """Return answers: pages of different small entries."""
    return [
        (200, {}, json.dumps([{"page": number, "entry": entry} for entry in range(size)]).encode())
        for number, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (pages(60_000), "lists more than 10000 papers for one day"),
        (pages(*[100] * 21), "lists more than 20 pages for one day"),
        ([(200, {}, body + b" " * 9_000_000) for _, _, body in pages(100, 100)], "lists more than 16 MiB for one day"),
        ([(200, {}, b"[" * 99 + b"]" * 99)], "answers with more than 16 levels of lists and objects"),
        ([(200, {}, b"[" * 99_999 + b"]" * 99_999)], "is not JSON"),
    ],
)  # fmt: skip
def test_a_day_without_end_is_cut_off(root, server, fetch, answers, why):
    server.answers = answers
    status, _, remarks = fetch("--date", "2025-10-31")
    assert status == 1
    assert why in remarks[0]
    assert not (root / "content/scraped").exists()


def test_a_page_that_comes_again_is_the_last(server, fetch):
    entries = [listed(number, "2025-10-31") for number in range(100)]
    server.answers = [(200, {}, json.dumps(entries).encode())] * 20
    assert fetch("--date", "2025-10-31")[1] == "imported: found 100 = 100 new"
    assert [asked["p"] for _, asked in server.asked] == ["0", "1"]


def test_what_could_not_be_imported_is_not_written(root, server, fetch, monkeypatch):
    monkeypatch.setattr(fetching, "DUMP", 1000)
    server.answers = pages(99)
    status, _, remarks = fetch("--date", "2025-10-31")
    assert status == 1
    assert "lists more than 0 MiB for one day" in remarks[0]
    assert not (root / "content/scraped").exists()


@pytest.mark.parametrize(
    ("limit", "value"), [("FETCH_REQUESTS", 1), ("FETCH_BYTES", 1), ("FETCH_SECONDS", 0.3)]
)
def test_a_whole_fetch_is_bounded(server, fetch, monkeypatch, limit, value):
    def late(handler):
        handler.server.closing.wait(0.4)
        handler.wfile.write(OK + b"\r\n" + json.dumps([listed(1, "2025-10-29")]).encode())

    monkeypatch.setattr(http, limit, value)
    server.answers = [late]
    status, output, remarks = fetch("--from", "2025-10-29", "--to", "2025-10-31")
    assert (status, output) == (1, "imported: found 1 = 1 new")
    assert "2025-10-30: is left to another run: a fetch ends after " in remarks[0]


def test_a_day_that_cannot_be_written_keeps_the_days_before(root, server, fetch):
    server.days = {day: [listed(number, day)] for number, day in enumerate(("2025-10-30", "2025-10-31"))}
    (root / "content/scraped/huggingface/2025-10-31.json/folder").mkdir(parents=True)
    status, output, _ = fetch("--from", "2025-10-30", "--to", "2025-10-31", "--again")
    assert (status, output) == (1, "imported: found 1 = 1 new")


def test_a_safe_address_does_not_lead_to_an_open_one():
    patient = transport.PatientTransport(print)
    patient.begin("https://example.org/")
    with pytest.raises(transport.FetchError, match=r"leads to an address of another kind \(http\)"):
        patient.handle_request(httpx.Request("GET", "http://example.org/"))
    patient.close()


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org", "file:///etc/passwd", "http://", "http://me:secret@example.org", "http://example.org?a=b", "http://[",
        "http://a b", "http://a\x1b[31mb", "http://a\udcff", "http://example.org:99999", f"http://{'a' * 70}.org", f"http://{'a' * 70_000}",
    ],
)  # fmt: skip
def test_what_is_not_the_address_of_a_server_is_wrong_use(root, capsys, address):
    options = ["--server", address, "--date", "2025-10-31", "--root", str(root)]
    assert main(["fetch", "huggingface", *options]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("--server: is not the address of a server: write one such as https://example.org")
    assert "secret" not in line


def test_a_missing_server_is_reported(root, capsys, naps):
    assert (
        main(
            [
                "fetch",
                "huggingface",
                "--server",
                "http://127.0.0.1:9",
                "--date",
                "2025-10-31",
                "--root",
                str(root),
            ]
        )
        == 1
    )
    assert "http://127.0.0.1:9 2025-10-31: cannot be reached (" in capsys.readouterr().err
    assert len(naps) <= 5


def test_a_missing_contact_is_noted(root, fetch):
    (root / "content" / "archive.yaml").write_text("title: Our papers\n", encoding="utf-8")
    assert (
        "set `contact` in archive.yaml, so that servers know whom to write to"
        in fetch("--date", "2025-10-31")[2]
    )


def test_days_are_those_asked_for_as_far_as_they_have_begun(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")  # 2026-11-20, a Friday
    assert days_of(date="2025-02-28") == ["2025-02-28"]
    assert days_of(first="2025-02-27", last="2025-03-01") == ["2025-02-27", "2025-02-28", "2025-03-01"]
    assert days_of(week="2026-W47") == ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]
    assert days_of(first="2026-11-19") == ["2026-11-19", "2026-11-20"]


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"date": "soon"}, "fetch: 'soon' is not a day or a week"),
        ({"week": "2025-W60"}, "fetch: '2025-W60' is not a day or a week"),
        ({"date": "2026-11-21"}, "--date: no day from 2026-11-21 to 2026-11-21 has begun"),
        (
            {"first": "2025-02-27", "last": "2025-02-26"},
            "--from: no day from 2025-02-27 to 2025-02-26 has begun",
        ),
        ({"first": "1000-01-01"}, "--from: asks for 37"),
    ],
)
def test_impossible_days_are_wrong_use(asked, what, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    with pytest.raises(RegestaError) as caught:
        days_of(**asked)
    assert str(caught.value).startswith(what)
