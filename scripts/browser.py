"""Make sure that the browser tests have what they need: Playwright's driver, a Chromium and a font.

On Debian as root what is missing is installed; elsewhere Playwright is asked for its own Chromium.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser.chromium import WANTED, find

FONTS = Path("/usr/share/fonts")
DRIVER_WANTED = (
    "Playwright's driver does not start; what it says above tells why. On a bare Debian its library libatomic1 is "
    "missing: apt-get install libatomic1."
)


def tried(*command: str) -> bool:
    """Whether this command could be carried out; it is asked nothing."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL).returncode == 0


def install(*packages: str) -> bool:
    """Whether these packages of Debian could be installed, where that is ours to do."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {', '.join(packages)} for the browser tests ...", flush=True)
    tried("apt-get", "update", "-qq")
    return tried("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def driver_starts() -> bool:
    """Whether Playwright's driver, a program of its own, finds its libraries."""
    return tried(sys.executable, "-m", "playwright", "--version")


def has_font() -> bool:
    """Whether this Linux has a font: without any Chromium draws boxes, and pictures of a failed test say nothing."""
    return not sys.platform.startswith("linux") or any(FONTS.rglob("*.ttf"))


def main() -> None:
    """Find or install what is needed; stop with a sentence where neither can be done."""
    if not driver_starts() and not (install("libatomic1") and driver_starts()):
        sys.exit(DRIVER_WANTED)
    if find() is None and "CHROMIUM" not in os.environ and not install("chromium"):
        tried(sys.executable, "-m", "playwright", "install", "chromium")
    if not has_font():
        install("fonts-liberation")
    if (found := find()) is None:
        sys.exit(WANTED)
    print(f"Chromium for the browser tests: {found}", flush=True)


if __name__ == "__main__":
    main()
