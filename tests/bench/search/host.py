"""A static host on this machine only, which compresses texts as GitHub Pages does and notes what it sends."""

import gzip
import mimetypes
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

LEVEL = 6  # of gzip
_COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"}
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".pagefind": "application/octet-stream"}
#: The page from which modules are called; shut off from others, so that the browser's clock is exact.
BLANK = "/blank.html"


@dataclass(frozen=True)
class Sent:
    """A file that a browser fetched: its path, the bytes of its body as sent, those of the head before it."""

    path: str
    body: int
    head: int


class Host:
    """The host at work.

    Args:
        folders: by the beginning of the path ("/engine/"), the most special first.

    Attributes:
        address: of its root, with a slash at its end.
        sent: all that was sent; may be cleared.
    """

    def __init__(self, folders):
        self.folders, self.address, self.sent = folders, "", []

    def find(self, path):
        """Return the file that an address leads to; None if there is none."""
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
                file = file / "index.html" if path.endswith("/") else file
                return file if file.is_file() else None
        return None


@contextmanager
def hosting(folders):
    """Serve folders; gives the host."""
    host = Host(folders)

    class Handler(_Handler):
        pass

    Handler.host = host
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a browser that is closed drops its connections
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host: Host

    def do_GET(self):
        """Answer, and note what was sent."""
        path = unquote(urlsplit(self.path).path)
        file = self.host.find(path)
        if path == BLANK:
            body, headers = (
                b"<!doctype html><meta charset=utf-8><title>Blank</title>",
                {"Content-Type": "text/html"},
            )
        elif file:
            body, headers = _content(file)
        else:
            body, headers = b"", {}
        head = self._start(
            HTTPStatus.OK if headers else HTTPStatus.NOT_FOUND, headers | {"Content-Length": str(len(body))}
        )
        self.host.sent.append(Sent(path, len(body), head))
        self.wfile.write(body)

    def _start(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path == BLANK:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        else:
            self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "max-age=600")
        size = sum(map(len, self._headers_buffer)) + 2
        self.end_headers()
        return size

    def log_message(self, *_):
        """Say nothing."""


@lru_cache(maxsize=4096)
def _content(file):
    body = file.read_bytes()
    headers = {
        "Content-Type": _TYPES.get(file.suffix)
        or mimetypes.guess_type(file.name)[0]
        or "application/octet-stream"
    }
    if file.suffix in _COMPRESSED:
        return gzip.compress(body, LEVEL, mtime=0), headers | {"Content-Encoding": "gzip"}
    return body, headers


def compressed_size(file):
    """Return the bytes of a file as the host would send it."""
    return len(_content(Path(file))[0])
