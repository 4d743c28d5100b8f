"""Fetching from a server on this machine, day by day: politely, and from where an earlier run was interrupted."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from helpers import files_of, new_root
from regesta.cli import main
from regesta.errors import RegestaError
from regesta.importing import transport
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
    """Serves lists by day; `answers` come first, whatever the request."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.days, self.answers, self.asked, self.agents = {}, [], [], set()

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
            status, headers, body = self.server.answers.pop(0)
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
        ([(503, {}, b"")] * 9, "answers 503 (an empty answer)"),
        ([(400, {}, b'{"error": "\x1b[31mno such day"}')], 'answers 400 ({"error": "[31mno such day"})'),
        ([(200, {}, b"<html>")], "is not JSON (expecting value)"),
        ([(200, {}, b'{"error": 1}')], "answers with something that is not a list of papers"),
        ([(302, {"Location": "/api/daily_papers"}, b"")] * 9, "cannot be reached (Exceeded maximum allowed redirects.)"),
        ([(302, {"Location": "file:///etc/passwd"}, b"")], "leads to an address that begins with file:"),
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


def test_an_endless_answer_is_cut_off(server, fetch, monkeypatch):
    monkeypatch.setattr(transport, "ANSWER", 1000)
    server.days["2025-10-31"] = [listed(number, "2025-10-31") for number in range(20)]
    status, _, remarks = fetch("--date", "2025-10-31")
    assert status == 1
    assert "sends more than 0 MiB" in remarks[0]


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
