"""The preview: serves the site at its base path, and rebuilds and reloads it when content, themes or settings change."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from regesta import console
from regesta.building.build import Options, build
from regesta.content.config import load_config
from regesta.errors import RegestaError, fail, system_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVENTS, _SCRIPT = "/.regesta/events", "/.regesta/reload.js"
_SCRIPT_TAG = f'<script type="module" src="{_SCRIPT}"></script>'.encode()
_RELOAD = b"""new EventSource(new URL("events", import.meta.url)).onmessage = () => location.reload();\n"""
_LONGEST_NAME = 200
_TICK = 300  # milliseconds after which the watch returns even if nothing has changed
_HEARTBEAT = (
    15.0  # seconds after which something is sent on an idle connection, to find out whether it was closed
)


class Builds:
    """Lets browsers wait for the next build."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def announce(self) -> None:
        """Tell all who wait that there is a new build."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait for the next build, at most so many seconds; return whether there was one."""
        with self._changed:
            before = self._count
            return self._changed.wait_for(lambda: self._count > before, seconds)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site below its base path, with a script in each page that reloads it after a build."""

    def __init__(self, *args: Any, base: str, builds: Builds, **options: Any) -> None:
        self.base, self.builds = base, builds
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Answer with a file of the site, the event stream, the script that reloads, or the 404 page."""
        path = unquote(urlsplit(self.path).path)
        if path == _EVENTS:
            self._send_events()
        elif path == _SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _RELOAD)
        elif "\0" in path or max(map(len, path.split("/"))) > _LONGEST_NAME:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", b"no such address")
        elif not path.startswith(self.base):
            self._redirect(self.base)
        else:
            self._send_file(path.removeprefix(self.base))

    do_HEAD = do_GET  # noqa: N815 - the server's own name

    def _send_file(self, name: str) -> None:
        root = Path(self.directory).resolve()
        file = (root / name).resolve()
        if file.is_dir():
            if name and not name.endswith("/"):
                self._redirect(f"{self.base}{name}/")
                return
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.is_file() or not file.is_relative_to(root):
            status, file = HTTPStatus.NOT_FOUND, root / "404.html"
        data = file.read_bytes() if file.is_file() else b"not built yet"
        if file.suffix == ".html":
            data = data.replace(b"</head>", _SCRIPT_TAG + b"</head>", 1)
        self._send(status, self.guess_type(str(file)), data)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        """Send an event after each build, until the browser goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"data: built\n\n" if self.builds.wait(_HEARTBEAT) else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Log no requests."""


def serve(root: Path, output: Path, url: str, port: int) -> None:
    """Build the site and serve it on this machine until the user stops it.

    Args:
        root: the archive's folder.
        output: the folder to build the preview in.
        url: the site's address; the preview has the same path. "" for the one in the settings.
        port: the port on 127.0.0.1.

    Raises:
        RegestaError: the port is taken, or the settings cannot be read.
    """
    base = load_config(root / "content", url).base_path
    local = f"http://127.0.0.1:{port}{base}"
    builds = Builds()
    handler = partial(Handler, base=base, builds=builds, directory=str(output))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        what = f"cannot be used ({error.strerror})"
        raise fail(f"port {port}", what, "name another with --port") from error
    server.daemon_threads = True
    changes = _changes(root, output)
    next(changes)  # begin to watch: an edit during the first build is noticed, too
    _rebuild(root, output, local)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    console.say(f"serving {local} (stop with Ctrl-C)")
    try:
        for changed in changes:
            if changed:
                _rebuild(root, output, local)
                builds.announce()
    finally:
        server.shutdown()


def _rebuild(root: Path, output: Path, url: str) -> None:
    """Build the preview; if that fails, show why and leave the last one as it is."""
    try:
        report = build(root, output, Options(url=url))
    except RegestaError as error:
        console.note_problems(error.problems)
    except OSError as error:
        console.note_problems([system_problem(error)])
    else:
        console.note_problems(report.problems)
        console.say(report.summary())


def _changes(root: Path, output: Path) -> Iterator[bool]:
    """Watch the files that the site is made from; yield at least every `_TICK` whether any has changed."""
    from watchfiles import watch

    from regesta.building.themes import bundled_folders

    folders = {
        folder.resolve()
        for folder in (root / "content", root / "themes", *bundled_folders())
        if folder.is_dir() and not output.resolve().is_relative_to(folder.resolve())
    }
    for changes in watch(*folders, debounce=200, rust_timeout=_TICK, yield_on_timeout=True):
        yield bool(changes)
