"""The HTTP client: it identifies itself, tries again, and limits what a whole fetch may take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

import httpx
from httpx_retries import Retry, RetryTransport

from regesta import __version__
from regesta.errors import fail
from regesta.importing.transport import WAITING, FetchError, PatientTransport
from regesta.limits import (
    FETCH_BYTES,
    FETCH_REQUESTS,
    FETCH_SECONDS,
    REDIRECTS,
    SILENT_SECONDS,
    TRIES_AGAIN,
    WAIT_SECONDS,
)
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PORTS = 1 << 16


class Client:
    """A polite HTTP client; use it in a `with` statement.

    Args:
        contact: a mail or web address that servers may write to, "" for none.
        say: called with a sentence whenever the client waits.
    """

    def __init__(self, contact: str, say: Callable[[str], None] = lambda _: None) -> None:
        self._transport = PatientTransport(say)
        retry = Retry(
            TRIES_AGAIN,
            backoff_factor=1,
            max_backoff_wait=WAIT_SECONDS,
            status_forcelist=(*WAITING, 500, 502, 504),
        )
        agent = one_line(f"Regesta/{__version__}{contact and f' (+{contact})'}")
        headers = httpx.Headers({"User-Agent": agent, "Accept-Encoding": "gzip"}, encoding="utf-8")
        self._http = httpx.Client(
            transport=RetryTransport(self._transport, retry),
            headers=headers,
            timeout=SILENT_SECONDS,
            follow_redirects=True,
            max_redirects=REDIRECTS,
        )
        self._end, self._requests, self._bytes = time.monotonic() + FETCH_SECONDS, 0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, url: str, params: Mapping[str, str | int]) -> bytes:
        """Return the body of a server's answer.

        Raises:
            FetchError: the server does not answer, answers with an error, or sends too much or for too long.
        """
        self._check_limits()
        self._requests += 1
        self._transport.begin(url)
        try:
            answer = self._http.get(url, params=params)
        except FetchError:
            raise
        except Exception as error:  # a strange answer or address raises errors of five libraries
            raise FetchError(one_line(f"cannot be reached ({str(error) or type(error).__name__})")) from error
        self._bytes += len(answer.content)
        if answer.status_code != httpx.codes.OK:
            raise FetchError(one_line(f"answers {answer.status_code} ({_first_words(answer.content)})"))
        return answer.content

    def _check_limits(self) -> None:
        """Check that the fetch may go on.

        Raises:
            FetchError: it has made, read or taken too much.
        """
        for is_over, what in (
            (time.monotonic() > self._end, f"{FETCH_SECONDS // 3600} hours"),
            (self._requests >= FETCH_REQUESTS, f"{FETCH_REQUESTS} requests"),
            (self._bytes > FETCH_BYTES, f"{FETCH_BYTES >> 20} MiB"),
        ):
            if is_over:
                raise FetchError(f"is left to another run: a fetch ends after {what}")


def server_address(text: str) -> str:
    """Return the address of a server as a person gives it, without a slash at its end.

    Raises:
        RegestaError: it is not an address of http or https, or it has a password, a query or a fragment.
    """
    try:
        url = httpx.URL(text)
        host = url.host.encode("idna")
    except (httpx.InvalidURL, ValueError):
        url, host = httpx.URL(), b""
    is_whole = url.scheme in ("http", "https") and host and b"%" not in host and (url.port or 0) < _PORTS
    if is_whole and not (url.userinfo or url.query or url.fragment):
        return text.rstrip("/")
    remedy = "write one such as https://example.org, without user, password, query and fragment"
    raise fail("--server", "is not the address of a server", remedy)


def _first_words(answer: bytes) -> str:
    return answer[:200].decode(errors="replace") or "an empty answer"
