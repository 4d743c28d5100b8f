"""The HTTP client: it identifies itself, waits when asked to, and limits answers in size and time."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from regesta import __version__
from regesta.limits import ANSWER
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

_SECONDS = 30.0  # to connect, and between two parts of an answer
_LONGEST = 300.0  # seconds of a whole answer
_TRIES, _FIRST_WAIT, _LONGEST_WAIT = 5, 1.0, 600.0  # seconds
_WAITING = (429, 503)
#: The rest of a quota, and the seconds until it is renewed: `"api";r=0;t=189` (RateLimit, an IETF draft).
_QUOTA = re.compile(r"(?:^|;)\s*r=(\d+)(?:;[^;]*)*?;\s*t=(\d+)")


class FetchError(Exception):
    """An address could not be fetched; the message says why."""


class Client:
    """A polite HTTP client; use it in a `with` statement.

    Args:
        contact: a mail or web address that servers may write to, "" for none.
        say: called with a sentence whenever the client waits.
    """

    def __init__(self, contact: str, say: Callable[[str], None] = lambda _: None) -> None:
        import httpx
        from httpx_retries import Retry, RetryTransport

        retry = Retry(
            _TRIES,
            backoff_factor=_FIRST_WAIT,
            max_backoff_wait=_LONGEST_WAIT,
            status_forcelist=(*_WAITING, 500, 502, 504),
        )
        self._http = httpx.Client(
            transport=RetryTransport(_patient(httpx.HTTPTransport(), say), retry),
            headers={"User-Agent": one_line(f"Regesta/{__version__}{contact and f' (+{contact})'}")},
            timeout=_SECONDS,
            follow_redirects=True,
            max_redirects=3,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, url: str, params: Mapping[str, str | int]) -> bytes:
        """Return the body of a server's answer.

        Raises:
            FetchError: the server does not answer, answers with an error, or sends too much or for too long.
        """
        import httpx

        begun, parts, size = time.monotonic(), [], 0
        try:
            with self._http.stream("GET", url, params=params) as answer:
                for part in answer.iter_bytes():
                    parts.append(part)
                    size += len(part)
                    if size > ANSWER or time.monotonic() - begun > _LONGEST:
                        limits = f"{ANSWER >> 20} MiB, or for more than {_LONGEST:.0f} seconds"
                        raise FetchError(f"sends more than {limits}")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(one_line(f"cannot be reached ({error or type(error).__name__})")) from error
        if answer.status_code != httpx.codes.OK:
            raise FetchError(one_line(f"answers {answer.status_code} ({_first_words(b''.join(parts))})"))
        return b"".join(parts)


def _seconds(text: str) -> int:
    """Return the seconds to wait by a Retry-After header (RFC 9110), a number or a date; 0 if it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        return max(0, round(parsedate_to_datetime(text).timestamp() - time.time()))
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0


def _first_words(answer: bytes) -> str:
    return answer[:200].decode(errors="replace") or "an empty answer"


def _patient(transport: httpx.HTTPTransport, say: Callable[[str], None]) -> Any:
    """Return a transport that waits when a quota is used up, reports waits, and refuses to wait too long."""
    import httpx

    class Patient(httpx.BaseTransport):
        """The transport; `wait` is the time in seconds to wait before the next request."""

        wait = 0.0

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if self.wait:
                say(f"the quota of {request.url.host} is used up: going on in {self.wait:.0f} seconds")
                time.sleep(self.wait)
            answer = transport.handle_request(request)
            quota = _QUOTA.search(answer.headers.get("RateLimit", ""))
            self.wait = (
                min(float(quota[2]), _LONGEST_WAIT)
                if quota and quota[1] == "0" and answer.status_code not in _WAITING
                else 0.0
            )
            asked = _seconds(answer.headers.get("Retry-After", "")) if answer.status_code in _WAITING else 0
            if asked > _LONGEST_WAIT:
                raise httpx.RequestError(f"it asks to come back in {asked} seconds", request=request)
            if asked:
                say(f"{request.url.host} asks to wait: {asked} seconds")
            return answer

        def close(self) -> None:
            transport.close()

    return Patient()
