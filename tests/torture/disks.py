"""Disks that fill up, and places that cannot be exchanged: in a private mount namespace, as root."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from living_archive import LivingArchive

SIZES = 12


def is_allowed():
    """Tell whether mounts can be made that nobody else sees."""
    return (
        os.geteuid() == 0
        and shutil.which("unshare")
        and subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0
    )


pytestmark = pytest.mark.skipif(sys.platform != "linux" or not is_allowed(), reason="only root may mount")


def alone(folder, *arguments):
    """Run one of the trials below where its mounts are seen by nobody else; return what it found."""
    command = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        sys.executable,
        __file__,
        str(folder),
        *map(str, arguments),
    ]
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def used(folder):
    status = os.statvfs(folder)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


def full_disk(folder, part):
    """Build on a disk that has room for a part of what the build needs; then on one with room for all."""
    mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", folder)
    archive = LivingArchive(folder / "archive")
    assert archive.build()[0] == 0
    archive.add_things()
    before = used(folder)
    archive.become(3)
    assert archive.build()[0] == 0
    need = used(folder) - before
    archive.become(0)
    assert archive.build()[0] == 0
    shutil.rmtree(next(folder.glob("archive/.regesta/standby-*")))
    archive.become(3)
    before = used(folder)
    mount("-o", f"remount,size={before + need * part // 10}", folder)
    status, said = archive.build()
    kept = used(folder) - before
    result = {
        "status": status,
        "said": said,
        "shown": archive.shown(),
        "lost": len(archive.lost()),
        "need": need,
        "kept": kept,
    }
    mount("-o", "remount,size=64m", folder)
    return result | {"again": [archive.build()[0], archive.shown()]}


def places(folder, name):
    """Build through all states where the site, or something in it, cannot be exchanged or moved."""
    archive = LivingArchive(folder / "archive")
    site, other = archive.site, folder / "other"
    other.mkdir()
    site.mkdir()
    if name == "the site on a disk of its own":
        mount("-t", "tmpfs", "tmpfs", site)
    if name == "the site bound to a folder of the same disk":
        mount("--bind", other, site)
    if name == "caches on a disk of their own":
        mount("-t", "tmpfs", "tmpfs", archive.root / ".regesta")
    assert archive.build()[0] == 0
    archive.add_things()
    if name == "a folder of somebody else's on a disk of its own":
        (site / "large").mkdir()
        mount("-t", "tmpfs", "tmpfs", site / "large")
        (site / "large/file").touch()
        archive.things["large/file"] = b""
    if name == "the site below an overlay":
        for part in ("upper", "work", "merged"):
            (folder / part).mkdir()
        options = f"lowerdir={archive.root},upperdir={folder}/upper,workdir={folder}/work"
        mount("-t", "overlay", "-o", options, "overlay", folder / "merged")
        archive.root, archive.site = folder / "merged", folder / "merged/site"
    found = []
    for state in (1, 2, 3, 0, 2):
        archive.become(state)
        status, said = archive.build()
        found.append([status, archive.shown() == state, sorted(archive.lost()), said if status else ""])
    return found


def test_full_disks(tmp_path, tell):
    results = []
    for part in range(SIZES):
        folder = tmp_path / f"{part}"
        folder.mkdir()
        results.append(alone(folder, "full_disk", part))
    for result in results:
        assert result["again"] == [0, 3]
        assert result["lost"] == 0
        if result["status"]:
            assert (result["status"], result["shown"]) == (3, 0)
            assert result["kept"] <= result["need"] // 10  # the disk is not kept full
            assert "no space left on device" in result["said"]
            assert "Traceback" not in result["said"]
        else:
            assert result["shown"] == 3
    full = sum(result["status"] == 3 for result in results)
    tell(
        f"{SIZES} disks with room for 0 to {SIZES - 1} tenths of the {results[0]['need'] // 1024} KiB needed: {full} full, each old site whole; {SIZES - full} built"
    )
    assert full >= SIZES // 2


@pytest.mark.parametrize(
    "name",
    [
        "the site on a disk of its own",
        "the site bound to a folder of the same disk",
        "caches on a disk of their own",
        "a folder of somebody else's on a disk of its own",
        "the site below an overlay",
    ],
)
def test_places(tmp_path, tell, name):
    found = alone(tmp_path, "places", name)
    assert [build[:3] for build in found] == [[0, True, []]] * 5, found
    tell(f"{name}: {len(found)} builds, each right")


if __name__ == "__main__":
    trial = {"full_disk": lambda folder, part: full_disk(folder, int(part)), "places": places}[sys.argv[2]]
    sys.stdout.write("\n" + json.dumps(trial(Path(sys.argv[1]), sys.argv[3])) + "\n")
