"""The exit status and the messages follow what happened, whatever becomes of the output, and whenever it is stopped."""

import fcntl
import itertools
import json
import os
import shlex
import signal
import subprocess
import sys
import time

import pytest

from helpers import new_root
from regesta.cli import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="closes and fills streams as Linux does")

REGESTA = f"{shlex.quote(sys.executable)} -m regesta"
#: Commands and what they end with: done, done with problems, wrong use, not done.
COMMANDS = {
    "build --json": 1,
    "build --url https://new.example/{number}/": 1,
    "build --full --jobs 2": 1,
    "build --strict": 3,
    "check --json": 1,
    "import papers.bib --json": 1,
    "review": 0,
    "tag coverage": 0,
    "tag explain nothing --json": 2,
    "tag --json": 1,
    "build --jobs none --json": 2,
    "--help": 0,
}
FATES = ("closed", "full", "read by nobody")

#: Runs commands in processes of their own, which need not load anything, and prints what each of them ended with.
RUN_ALL = """
import json, os, sys
from regesta import __main__, cli

commands, fates = json.loads(sys.argv[1])
for command in ("build", "check", "import papers.bib", "tag suggest"):
    cli.main([*command.split(), "--json"])  # loads what they need

def meet(handle, fate):
    if fate == "closed":
        os.close(handle)
    elif fate == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), handle)
    else:
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, handle)

def run(words, handle, fate):
    files = [open(name, "w+b") for name in ("out", "err")]
    process = os.fork()
    if not process:
        for number, file in enumerate(files, 1):
            os.dup2(file.fileno(), number)
        meet(handle, fate)
        sys.argv = ["regesta", *words]
        __main__.run()
    _, status = os.waitpid(process, 0)
    return [os.waitstatus_to_exitcode(status), *(file.read().decode() for file in files if not file.seek(0))]

cases = [(command, handle, fate) for command in commands for handle in (1, 2) for fate in fates]
numbered = [(command.format(number=number).split(), *rest) for number, (command, *rest) in enumerate(cases)]
print(json.dumps([[*case, *run(*words)] for case, words in zip(cases, numbered)]))
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """An archive in which something is wrong."""
    root = new_root(tmp_path_factory.mktemp("said"))
    (root / "content/papers/good.md").write_text("---\nid: good\ntitle: Good\n---\n")
    (root / "content/papers/broken.md").write_text("---\ntitle: A\npublished: soon\n---\n")
    (root / "papers.bib").write_text("@article{a, title={Deep nets}, author={Ann Aa}, year=2010}\n")
    return root


@pytest.fixture(scope="module")
def ended(root):
    """What each command ended with and said, by the command, the stream that failed, and how it failed."""
    command = [sys.executable, "-c", RUN_ALL, json.dumps([[*COMMANDS], FATES])]
    ran = subprocess.run(command, cwd=root, capture_output=True, check=True)
    results = json.loads(ran.stdout.splitlines()[-1])
    return {(words, handle, fate): said for words, handle, fate, *said in results}


@pytest.mark.parametrize(("command", "expected"), COMMANDS.items())
def test_the_status_says_what_the_command_did(ended, command, expected):
    for handle, fate in itertools.product((1, 2), FATES):
        status, output, errors = ended[command, handle, fate]
        is_lost = (handle, fate) == (1, "full") and command != "build --strict"  # which has no result
        assert status == (expected or int(is_lost)), (handle, fate)
        assert ("standard output: is cut off (no space left on device)" in errors) == is_lost
        assert not any(word in output + errors for word in ("Traceback", "Exception", "Errno"))
        assert ("nothing published" in errors) == (expected == 3 and handle == 1)
        assert (output == "") == (handle == 1 or expected == 3 or (expected == 2 and "--json" not in command))
        if output and "--json" in command:
            json.loads(output)


def test_a_published_site_is_published_though_nobody_hears_of_it(root):
    for number, fate in enumerate(("> /dev/full", "2>&- | true")):
        line = f"{REGESTA} build --url https://{number}.example/ {fate}"
        ran = subprocess.run(line, shell=True, cwd=root, capture_output=True, text=True, check=False)
        assert "nothing published" not in ran.stderr
        assert f"https://{number}.example/" in (root / "site/index.html").read_text()


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path):
    """The first files that are opened would be 0, 1 and 2, and all messages would go into them."""
    root = new_root(tmp_path)
    (root / "content/papers/good.md").write_text("---\nid: good\ntitle: Good\n---\n")
    (root / "content/papers/broken.md").write_text("---\ntitle: A\npublished: soon\n---\n")
    subprocess.run(f"{REGESTA} build <&- >&- 2>&-", shell=True, cwd=root, check=False)
    files = [path for path in root.rglob("*") if path.is_file() and path.name != "broken.md"]
    assert root / "site/index.html" in files
    assert [
        path for path in files if b"broken.md" in path.read_bytes() and ".regesta" not in path.parts
    ] == []
    assert (root / ".regesta/lock").read_bytes() == b""


def test_wrong_use_is_told_to_scripts_too(capsys):
    assert main(["build", "--json", "--output", ""]) == 2
    output = capsys.readouterr()
    (problem,) = json.loads(output.out)["problems"]
    assert (problem["file"], problem["line"]) == ("regesta build", 0)
    assert "'' is not a folder's name" in output.err


@pytest.mark.parametrize("output", ["x" * 300, "/proc/x", "/dev/null/x", "a/" * 3000 + "x"])
def test_an_impossible_output_is_refused_in_a_line(root, output, capsys):
    folder = output if output.startswith(("/", "x")) else f"{root}/other/{output}"
    assert main(["build", "--root", str(root), "--output", folder]) in (2, 3)
    assert max(map(len, capsys.readouterr().err.splitlines())) < 2000


@pytest.mark.parametrize("command", ["import x", "tag", "review", "check", "build"])
def test_only_a_build_speaks_of_publishing(tmp_path, command, capsys):
    root = new_root(tmp_path)
    (root / ".regesta").write_text("in the way")
    (root / "site").symlink_to("site")
    (root / "x").symlink_to("x")
    assert main([*command.split(), "--root", str(root)]) in (2, 3)
    assert ("nothing published" in capsys.readouterr().err) <= (command == "build")


@pytest.fixture
def running():
    """Start commands, in groups of their own; end them after the test."""
    started = []

    def start(*words, cwd=None, **streams):
        command = [sys.executable, *words]
        process = subprocess.Popen(
            command, cwd=cwd, text=True, start_new_session=True, **{"stdout": -1, "stderr": -1} | streams
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def lock(tmp_path):
    """Hold the lock of an archive; return its file."""
    home = new_root(tmp_path) / ".regesta"
    home.mkdir()
    with (home / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def test_a_command_that_waits_says_so_at_once(lock, tmp_path, running):
    waiting = running("-m", "regesta", "build", cwd=tmp_path)
    assert "another command is at work" in waiting.stderr.readline()
    fcntl.flock(lock, fcntl.LOCK_UN)
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert (tmp_path / "site/index.html").exists()


def test_a_command_that_cannot_say_that_it_waits_waits(lock, tmp_path):
    lines = [
        f"{REGESTA} build --output site-{n} {f}" for n, f in enumerate(("2>&-", "2> /dev/full", "2> >(true)"))
    ]
    waiting = [
        subprocess.Popen(["bash", "-c", line], cwd=tmp_path, stdout=subprocess.DEVNULL) for line in lines
    ]
    time.sleep(1)
    assert [process.poll() for process in waiting] == [None] * 3
    fcntl.flock(lock, fcntl.LOCK_UN)
    assert [process.wait(60) for process in waiting] == [0] * 3
    assert len([*tmp_path.glob("site-*/index.html")]) == 3


def stopped(process):
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors.splitlines()[-1:]


@pytest.mark.usefixtures("lock")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_can_be_stopped_while_it_is_loaded_and_while_it_waits(tmp_path, running, number, status):
    loading = running("-X", "importtime", "-m", "regesta", "build", cwd=tmp_path)
    while "regesta.text.strings" not in loading.stderr.readline():
        pass
    loading.send_signal(number)
    assert stopped(loading) == (status, ["stopped"])
    waiting = running("-m", "regesta", "tag", cwd=tmp_path)
    assert "another command" in waiting.stderr.readline()
    waiting.send_signal(number)
    assert stopped(waiting) == (status, ["stopped"])


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_preview_says_how_it_was_stopped(tmp_path, running, number, status):
    preview = running("-m", "regesta", "serve", "--port", "18797", cwd=new_root(tmp_path / "archive"))
    while "serving" not in preview.stdout.readline():
        pass
    preview.send_signal(number)
    assert stopped(preview) == (status, ["stopped"])


INSTEAD = """
import os, time
from regesta import __main__, cli
from regesta.building.parallel import in_parallel

def work():
    os.write(1, b"x")
    for _ in range(6000):  # a signal that comes just before a sleep does not end it
        time.sleep(0.1)

def clear():
    try:
        work()
    finally:
        work()

cli.run = {run}
__main__.run()
"""


@pytest.mark.parametrize("shares", [[0, 0, 0], [1, 0, 0, 0]])
def test_helpers_end_in_silence(running, shares):
    """Whether the process that they help is at work itself, or waits for them."""
    parallel = running(
        "-c", INSTEAD.format(run=f"lambda: [*in_parallel(lambda done: [done or work()], {shares})]")
    )
    assert parallel.stdout.read(3) == "xxx"
    os.killpg(parallel.pid, signal.SIGINT)
    assert parallel.communicate(timeout=60) == ("", "stopped\n")
    assert parallel.returncode == 130


def test_whoever_stops_it_twice_does_not_want_to_wait(running):
    clearing = running("-c", INSTEAD.format(run="clear"))
    for _ in range(2):
        assert clearing.stdout.read(1) == "x"
        clearing.send_signal(signal.SIGINT)
    assert stopped(clearing) == (130, ["stopped"])


def test_no_line_is_endless(tmp_path, capsys):
    root = new_root(tmp_path)
    columns = [f"column-{number}" for number in range(10_000)]
    row = ",".join(["Deep nets", *columns])
    (root / "wide.csv").write_text(f"title,{','.join(columns)}\n{row}\n")
    assert main(["import", str(root / "wide.csv"), "--root", str(root)]) == 0
    assert main(["review", "x" * 100_000, "--root", str(root)]) == 2
    output = capsys.readouterr()
    assert max(map(len, [*output.err.splitlines(), *output.out.splitlines()])) < 2100
    assert "is not an entry that waits for review" in output.err
