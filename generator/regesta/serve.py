"""The preview: serves the site at its base path, and rebuilds and reloads it when content, themes or settings change."""

from __future__ import annotations

import gc
import os
import re
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from regesta import console, limits
from regesta.building.build import build
from regesta.building.inputs import bundled_folders
from regesta.building.options import Options
from regesta.building.output import refuse_output
from regesta.content.config import load_config
from regesta.content.find_files import find_archive
from regesta.errors import RegestaError, fail, system_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchfiles.main import FileChange

_EVENTS, _SCRIPT = "/.regesta/events", "/.regesta/reload.js"
_SCRIPT_TAG = f'<script type="module" src="{_SCRIPT}"></script>'.encode()
_RELOAD = b"""new EventSource(new URL("events", import.meta.url)).onmessage = () => location.reload();\n"""
#: What a browser must not read from another site's page, nor take for another type than it is.
_GUARDS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_HOST, _WEB_PORT = "127.0.0.1", 80
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

    def wait(self, seen: int, seconds: float) -> int:
        """Wait for a build after the first `seen`, at most so many seconds; return how many there have been."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > seen, seconds)
            return self._count


class Server(ThreadingHTTPServer):
    """Serves a built site on this machine, one thread for each connection; when there are too many, the oldest makes way.

    Args:
        folder: the built site; it may be exchanged at any time, or be missing.
        base: the path at which the site is served, with a slash at both ends, as it is written in an address.
        port: the port; 0 for any that is free.
        builds: what the event stream tells.

    Raises:
        OSError: the port cannot be used.
    """

    daemon_threads, request_queue_size = True, limits.PREVIEW_CONNECTIONS

    def __init__(self, folder: Path, base: str, port: int, builds: Builds) -> None:
        handler = partial(Handler, base=unquote(base), builds=builds, directory=str(folder))
        super().__init__((_HOST, port), handler)
        self._open: dict[Any, None] = {}
        ports = [f":{self.server_port}", ""] if self.server_port == _WEB_PORT else [f":{self.server_port}"]
        self.names = [f"{name}{ending}" for name in (_HOST, "localhost", "[::1]") for ending in ports]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer on a new connection."""
        if len(self._open) >= limits.PREVIEW_CONNECTIONS:
            oldest, *_ = self._open
            self._open.pop(oldest, None)
            with suppress(OSError):
                oldest.shutdown(SHUT_RDWR)
        self._open[request] = None
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self._open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, *_: Any) -> None:
        """Say in one line that a request failed; nothing if only the browser left before the end of the answer."""
        error = sys.exception()
        if not isinstance(error, OSError):
            console.note(f"a request could not be answered: {error!r}")


class Handler(SimpleHTTPRequestHandler):
    """Serves the site below its base path, with a script in each page that reloads it after a build."""

    server: Server
    timeout = limits.PREVIEW_WAIT
    default_request_version = "HTTP/1.0"  # every answer has headers
    #: Browsers insist on these types, and a system's own table may have others.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".css": "text/css", ".js": "text/javascript"}

    def __init__(self, *args: Any, base: str, builds: Builds, **options: Any) -> None:
        self.base, self.builds = base, builds
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Answer with a file of the site, the event stream, the script that reloads, or the 404 page."""
        path = unquote(re.split("[?#]", self.path, maxsplit=1)[0])
        if not self._is_asked_by_name():
            return
        if path == _EVENTS:
            self._send_events()
        elif path == _SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _RELOAD)
        elif path in {"/", self.base[:-1]} - {self.base}:
            self._redirect(self.base)
        elif path.startswith(self.base):
            self._send_file(path.removeprefix(self.base))
        else:
            self._send_404()

    do_HEAD = do_GET  # noqa: N815 - the server's own name

    def _is_asked_by_name(self) -> bool:
        """Refuse requests to any other host: a web page whose host leads to this machine could read drafts (DNS rebinding)."""
        hosts, names = self.headers.get_all("Host", []), self.server.names
        if len(hosts) == 1 and hosts[0].lower() in names:
            return True
        status = HTTPStatus.MISDIRECTED_REQUEST if len(hosts) == 1 else HTTPStatus.BAD_REQUEST
        self.send_error(status, f"This preview answers only as {', '.join(names)}.")
        return False

    def _send_file(self, name: str) -> None:
        file = self._find(f"{name}index.html" if not name or name.endswith("/") else name)
        data = _read(file)
        if file and data is not None:
            self._send(HTTPStatus.OK, self.guess_type(str(file)), data)
        elif file and os.path.isdir(file):  # noqa: PTH112 - it never raises
            self._redirect(f"{self.base}{name}/")
        else:
            self._send_404()

    def _send_404(self) -> None:
        self._send(HTTPStatus.NOT_FOUND, "text/html", _read(self._find("404.html")) or b"not built yet")

    def _find(self, name: str) -> Path | None:
        """Return the file or folder of the site at a path; None if there is none, or if it is not in the site."""
        if not {"", ".", ".."}.isdisjoint(re.split(r"[/\\]", name)):
            return None
        try:
            root = Path(self.directory).resolve()
            found = Path(f"{root}/{name}").resolve(strict=True)
        except (OSError, RuntimeError, ValueError):  # also for a loop of links, or what cannot be a name
            return None
        return found if found.is_relative_to(root) else None

    def _redirect(self, path: str) -> None:
        """Lead to a path of this host, whatever letters it has."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/" + quote(path.lstrip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
        if kind == "text/html":
            data = data.replace(b"</head>", _SCRIPT_TAG + b"</head>", 1)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        """Send an event after each build, until the browser goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self.builds.wait(0, 0)
        while self.command != "HEAD":
            before, seen = seen, self.builds.wait(seen, _HEARTBEAT)
            self.wfile.write(b"data: built\n\n" if seen > before else b": still here\n\n")

    def send_error(self, code: int, message: str | None = None, _: str | None = None) -> None:
        """Answer with a sentence that says why the request is refused."""
        status = HTTPStatus(code)
        self._send(status, "text/plain", f"{message or status.description or status.phrase}\n".encode())

    def end_headers(self) -> None:
        """End the headers of any answer with those that all have."""
        for name, value in _GUARDS.items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """Return the server's name."""
        return "Regesta"

    def log_message(self, *_: Any) -> None:
        """Log no requests."""


def _read(file: Path | None) -> bytes | None:
    """Return the bytes of a file; None if it is not one, or if a build has taken it away in the meantime."""
    with suppress(OSError):
        return file.read_bytes() if file and file.is_file() else None
    return None


def serve(root: Path, output: Path, url: str, port: int) -> None:
    """Build the site and serve it on this machine until the user stops it.

    Args:
        root: the archive's folder.
        output: the folder to build the preview in.
        url: the site's address; the preview has the same path. "" for the one in the settings.
        port: the port on 127.0.0.1.

    Raises:
        RegestaError: the port is taken, there is no archive, its settings cannot be read, or the output folder holds
            other people's files.
    """
    find_archive(root)
    base = load_config(root / "content", url).base_path
    refuse_output(output, root)
    local = f"http://{_HOST}:{port}{base}"
    builds = Builds()
    try:
        server = Server(output, base, port, builds)
    except OSError as error:
        what = f"cannot be used ({error.strerror})"
        raise fail(f"port {port}", what, "name another with --port") from error
    changes = _changes(root, output)
    next(changes)  # begin to watch: an edit during the first build is noticed, too
    _rebuild(root, output, local)
    threading.Thread(target=server.serve_forever, args=(_TICK / 1000,), daemon=True).start()
    console.say(f"serving {local} (stop with Ctrl-C)")
    try:
        for changed in changes:
            if changed and _is_there(root):
                console.say("changed: building")
                _rebuild(root, output, local)
                builds.announce()
                gc.collect()  # what builds leave in cycles would pile up: a command does not look for garbage by itself
    finally:
        server.shutdown()


def _is_there(root: Path) -> bool:
    """Tell whether there is anything to build; if not, say so."""
    is_there = os.path.isdir(root / "content")  # noqa: PTH112 - it never raises
    if not is_there:
        console.say("content/ is gone: waiting for it to come back")
    return is_there


def _rebuild(root: Path, output: Path, url: str) -> None:
    """Build the preview; if that fails, show why and leave the last one as it is."""
    try:
        report = build(root, output, Options(url=url), say=console.say)
    except RegestaError as error:
        console.note_problems(error.problems)
    except OSError as error:
        console.note_problems([system_problem(error)])
    else:
        console.note_problems(report.problems)
        console.say(report.summary())


def _changes(root: Path, output: Path) -> Iterator[bool]:
    """Watch the files that the site is made from, and the site; yield at least every `_TICK` whether to build again.

    A watch ends with the folder that it was begun for, and knows nothing of a new one at the same place. So it is begun
    anew when a folder has come, gone or been replaced, as another branch in Git does.
    """
    from watchfiles import Change

    is_built, is_news = False, False
    while True:
        folders = _folders(root)
        for changes in _watched(folders):
            deleted = {path for kind, path in changes if kind == Change.deleted}
            if deleted & folders.keys() or _folders(root) != folders:
                break
            yield bool(changes) or is_news or is_built > _is_built(output)
            is_news, is_built = False, _is_built(output)
        is_news = True


def _watched(folders: Iterable[str]) -> Iterator[set[FileChange]]:
    """Watch folders; yield at least every `_TICK` what has changed. It ends if one of them has gone in the meantime.

    Raises:
        RegestaError: the system does not let them be watched.
    """
    from watchfiles import DefaultFilter, watch

    kept = DefaultFilter(ignore_dirs=[".git"])  # the archive itself may lie in a folder of any other name
    try:
        yield from watch(*folders, watch_filter=kept, debounce=200, rust_timeout=_TICK, yield_on_timeout=True)
    except FileNotFoundError:
        time.sleep(_TICK / 1000)
    except (OSError, RuntimeError) as error:
        remedy = (
            "check that you may read all of it; on Linux, sysctl fs.inotify.max_user_watches may be too low"
        )
        raise fail("content/", f"cannot be watched ({error})", remedy) from error


def _is_built(output: Path) -> bool:
    return os.path.lexists(output / "index.html")


def _folders(root: Path) -> dict[str, tuple[int, int]]:
    """Return the folders that the site is made from, where they exist, each with what tells it from others of its name."""
    folders = {}
    for folder in (root / "content", root / "themes", *bundled_folders()):
        with suppress(OSError, RuntimeError):  # RuntimeError: a loop of links
            place = folder.resolve(strict=True)
            status = place.stat()
            folders[str(place)] = status.st_dev, status.st_ino
    return folders
