"""A small static host: it serves a built site at its base path, as GitHub Pages would."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from built import Built

STRICT_CSP = (
    "default-src 'none'; script-src 'self' 'inline-speculation-rules'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Built
    headers_to_add: dict[str, str]
    lost: str

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self.lost and path.endswith(self.lost) and self.headers["Sec-Fetch-Mode"] != "navigate":
            self.close_connection = True
        elif not path.startswith(self.site.base):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif self.site.file(path[len(self.site.base) - 1 :]).exists():
            self.path = self.path[len(self.site.base) - 1 :]
            super().do_GET()
        else:
            self._send_404_page()

    def _send_404_page(self) -> None:
        body = self.site.file("/404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self.headers_to_add.items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests report what matters."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that is closed drops its connections."""


@contextmanager
def serving(site: Built, never: str = "", **headers: str) -> Iterator[str]:
    """Serve `site` on this machine only; gives its home address.

    Underscores in header names become hyphens. What scripts ask for at paths that end in `never` gets no answer.
    """
    to_add = {name.replace("_", "-"): value for name, value in headers.items()}

    class Handler(_Handler):
        headers_to_add = to_add
        lost = never

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site.folder))

    Handler.site = site
    server = _Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{site.base}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
