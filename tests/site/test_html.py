"""Every page is valid HTML, in the eyes of the Nu HTML checker."""

import json
import subprocess
from pathlib import Path

from built import Built
from faults import told

CHECKER = "tests/node_modules/vnu-jar/build/dist/vnu.jar"
# It reads files, where nothing is 'self', and takes JSON-LD for code; test_quiet.py asks a browser instead.
NOT_ITS_BUSINESS = "Content Security Policy (meta tag)"
# It runs for seconds only: what Java gains by its second compiler, and by cleaning up beside the work, it never earns back.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


def test_nu_html_checker_finds_nothing(site: Built, repository: Path) -> None:
    """No error and no warning over all HTML pages, style sheets and pictures."""
    options = [
        "--skip-non-html",
        "--also-check-css",
        "--also-check-svg",
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    run = subprocess.run(
        [*JAVA, "-jar", repository / CHECKER, *options, site.folder],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [
        (message["message"], f"{message['url'].partition(site.folder.name)[2]}:{message.get('lastLine', 0)}")
        for message in json.loads(run.stdout)["messages"]
        if NOT_ITS_BUSINESS not in message["message"]
    ]
    assert not found, told(found)
