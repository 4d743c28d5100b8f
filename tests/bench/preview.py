"""How long a curator waits for the preview: from saving a paper to the event that reloads the page."""

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection

_HOST = "127.0.0.1"
_PAUSE = 1.0  # seconds between two saves, in which the watch comes to rest


def reload_seconds(command, file, saves):
    """Serve an archive, save one of its papers so many times, each time with one more sentence.

    Args:
        command: serves the archive, but for the port.
        file: the paper's file.
        saves: how many.

    Returns the wall seconds from each save to its event.
    """
    port = _free_port()
    with _running([*command, "--port", str(port)]):
        connection = HTTPConnection(_HOST, port)
        connection.request("GET", "/.regesta/events")
        events = connection.getresponse()
        return [_save(file, f"It was saved {number + 1} times.", events) for number in range(saves)]


@contextmanager
def _running(command):
    """Run the preview, from the end of its first build on."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            if not any(line.startswith("serving ") for line in server.stdout):
                raise SystemExit(f"{' '.join(map(str, command))}\nended without serving")
            yield
        finally:
            server.terminate()


def _save(file, sentence, events):
    time.sleep(_PAUSE)
    text = f"{file.read_text(encoding='utf-8').rstrip()} {sentence}\n"
    start = time.perf_counter()
    file.write_text(text, encoding="utf-8", newline="\n")
    while not (line := events.readline()).startswith(b"data:"):
        if not line:
            raise SystemExit("the preview ended before it told of the new build")
    return time.perf_counter() - start


def _free_port():
    with socket.create_server((_HOST, 0)) as server:
        return server.getsockname()[1]
