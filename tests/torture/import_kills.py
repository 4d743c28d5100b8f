"""An import killed by -9 at random moments: what is in the archive is whole, the next run ends the work, and no paper is there twice."""

import os
import random
import shutil
import subprocess
import sys
import time

from helpers import dump_a, files_of, new_root
from regesta.content.paper_files import load_papers

KILLS = int(os.environ.get("KILLS", "200"))
SEED = int(os.environ.get("SEED", "1"))
PAPERS = 900
TAGS = "- {tag: glass, phrases: [glass]}\n- {tag: copper, phrases: [copper]}\n"
ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": "1795132800", "PYTHONHASHSEED": "0"}
WORDS = (
    "glass copper tin river stone moss heron light paper thread salt iron cloud barley ember quartz".split()
)


def archive(folder, chance):
    """Make an archive with two dumps, which share some papers."""
    root = new_root(folder, tags=TAGS)
    (root / "content" / "scraped").mkdir()
    entries = [
        (
            f"On {' '.join(chance.choices(WORDS, k=3))} number {n}",
            f"{' '.join(chance.choices(WORDS, k=40))} {n}.",
        )
        for n in range(PAPERS)
    ]
    for name, part in (("001_a.txt", entries[: PAPERS * 2 // 3]), ("002_b.txt", entries[PAPERS // 3 :])):
        (root / "content" / "scraped" / name).write_text(dump_a(*part), encoding="utf-8")
    return root


def start(root):
    command = [sys.executable, "-m", "regesta", "import", "content/scraped"]
    return subprocess.Popen(
        command, cwd=root, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def texts(root):
    return {path: data for path, (_, data) in files_of(root / "content").items()}


def test_kills(tmp_path, tell):
    chance = random.Random(SEED)
    root = archive(tmp_path / "archive", chance)
    whole = shutil.copytree(root, tmp_path / "whole")
    begun = time.monotonic()
    with start(whole) as running:
        running.communicate()
    seconds, expected = time.monotonic() - begun, texts(whole)
    stopped = reached = 0
    for number in range(KILLS):
        broken = shutil.copytree(root, tmp_path / f"broken-{number}")
        with start(broken) as running:
            time.sleep(chance.uniform(0.2, 1) * seconds)
            running.kill()
            running.communicate()
        papers, problems = load_papers(broken / "content" / "papers")
        assert problems == [], number
        stopped += running.returncode != 0
        reached += 0 < len(papers) < len(load_papers(whole / "content" / "papers")[0])
        if chance.random() < 0.2:
            shutil.rmtree(broken / ".regesta", ignore_errors=True)  # safe to delete, also now
        with start(broken) as running:
            said, remarks = running.communicate()
        assert running.returncode == 0, (number, remarks)
        assert "kept" not in said, (number, said, remarks)
        assert texts(broken) == expected, number
        shutil.rmtree(broken)
    tell(
        f"{KILLS} imports of {PAPERS} papers killed ({stopped} in time, {reached} between the first and the last file): each ended by the next run"
    )
