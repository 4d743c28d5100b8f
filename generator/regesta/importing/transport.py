"""How a request is sent: it waits when a server asks for it, and no server can make it wait or read for longer."""

from __future__ import annotations

import re
import time
import zlib
from concurrent.futures import Future, wait
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import TYPE_CHECKING

import httpx

from regesta.limits import ANSWER, REQUEST_SECONDS, WAIT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

#: The statuses that ask to come back later.
WAITING = (429, 503)
_TOLD_AFTER = 3.0  # seconds
_HEADERS = (b"location", b"retry-after", b"ratelimit")  # others are left out, such as cookies
_SHOWN = 200  # characters of a header that are read or shown
#: The rest of a quota, and the seconds until it is renewed: `"api";r=0;t=189` (RateLimit, an IETF draft).
_QUOTA = re.compile(r"(?:^|;)\s*r=([0-9]+)(?:;[^;]*)*?;\s*t=([0-9]+)")


class FetchError(Exception):
    """An address could not be fetched; the message says why."""


class PatientTransport(httpx.BaseTransport):
    """Sends requests, each with redirects and all tries in `REQUEST_SECONDS`.

    Waits that a server asks for come on top, up to `WAIT_SECONDS` in all. A try has a thread of its own: the
    timeouts of httpx begin anew with each byte, and neither they nor Ctrl-C end the search for a host's address.

    Args:
        say: called with a sentence whenever a server has to be waited for.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._http, self._say = httpx.HTTPTransport(), say
        self._deadline, self._schemes = 0.0, frozenset[str]()
        self._tried: httpx.Request | None = None
        self._quota = self._waited = 0  # seconds: to wait before the next request, and of all waits

    def begin(self, url: str) -> None:
        """Begin the request of an address: its time runs from now, and a safe address leads to no other kind."""
        self._deadline = time.monotonic() + REQUEST_SECONDS
        self._schemes = frozenset({"https"} if url.lower().startswith("https:") else {"http", "https"})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to one try, with its whole body.

        Raises:
            FetchError: the time is up, the address is of a wrong kind, or the server asks for too long a wait.
            httpx.HTTPError: the try failed; another may not.
        """
        host, scheme = request.url.host, request.url.scheme
        if scheme not in self._schemes:
            raise FetchError(f"leads to an address of another kind ({scheme})")
        if self._quota:
            self._allow(self._quota)
            self._say(f"the quota of {host} is used up: going on in {self._quota} seconds")
            time.sleep(self._quota)
            self._quota = 0
        if request is self._tried:
            self._say(f"trying {host} again")
        self._tried = request
        answer = self._try(request)
        self._quota = _quota_seconds(answer)
        asked = _seconds(answer.headers.pop("Retry-After", "")) if answer.status_code in WAITING else 0
        if asked:
            self._allow(asked)
            self._say(f"{host} asks to wait: {asked} seconds")
            answer.headers["Retry-After"] = str(asked)
        return answer

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _allow(self, seconds: int) -> None:
        """Count a wait that a server asks for.

        Raises:
            FetchError: it is too long, together with those before.
        """
        self._waited += seconds
        if self._waited > WAIT_SECONDS:
            raise FetchError(
                f"asks to wait {seconds} seconds, and a fetch waits {WAIT_SECONDS} at most in all"
            )
        self._deadline += seconds

    def _try(self, request: httpx.Request) -> httpx.Response:
        done: Future[httpx.Response] = Future()
        Thread(target=_answer, args=(self._http, request, done), daemon=True).start()
        if not wait([done], _TOLD_AFTER).done:
            self._say(f"waiting for {request.url.host} …")
        if not wait([done], self._deadline - time.monotonic()).done:
            self.close()
            raise FetchError(f"does not answer within {REQUEST_SECONDS} seconds")
        return done.result()


def _answer(transport: httpx.HTTPTransport, request: httpx.Request, done: Future[httpx.Response]) -> None:
    """Settle what is to be done: with the answer to a request, or the error."""
    try:
        answer = transport.handle_request(request)
        try:
            headers = [(name, value) for name, value in answer.headers.raw if name.lower() in _HEADERS]
            done.set_result(httpx.Response(answer.status_code, headers=headers, content=_body(answer)))
        finally:
            answer.close()
    except BaseException as error:  # noqa: BLE001 - whoever waits for the result raises it
        if not done.done():
            done.set_exception(error)


def _body(answer: httpx.Response) -> bytes:
    """Return the body of an answer, unpacked here: the decoders of httpx unpack without limit.

    Raises:
        FetchError: it is too large, or packed by something else than gzip.
    """
    packed = answer.headers.get("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip"):
        raise FetchError(f"answers with a body packed by {packed[:_SHOWN]!r}, which was not asked for")
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    body = bytearray()
    for part in answer.iter_raw():
        body += part if packed == "identity" else unzip.decompress(part, ANSWER + 1 - len(body))
        if len(body) > ANSWER:
            raise FetchError(f"sends more than {ANSWER >> 20} MiB")
    return bytes(body)


def _quota_seconds(answer: httpx.Response) -> int:
    """Return the seconds until a quota that is used up is renewed, 0 if it is not used up."""
    quota = _QUOTA.search(answer.headers.get("RateLimit", "")[:_SHOWN])
    return _number(quota[2]) if quota and _number(quota[1]) == 0 and answer.status_code not in WAITING else 0


def _seconds(text: str) -> int:
    """Return the seconds to wait by a Retry-After header (RFC 9110), a number or a date; 0 if it is neither."""
    if text.isascii() and text.isdigit():
        return _number(text)
    try:
        return max(0, round(parsedate_to_datetime(text[:_SHOWN]).timestamp() - time.time()))
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return 0


def _number(digits: str) -> int:
    """Return the number of some digits; of many digits, the first ones are enough to be too many seconds."""
    return int(digits.lstrip("0")[:10] or "0")
