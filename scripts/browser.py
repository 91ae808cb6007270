"""Make sure that the tests have a Chromium: one that is there, else Debian's, else Playwright's own."""

import os
import shutil
import subprocess
import sys

from tests.browser.chromium import WANTED, find

PACKAGES = ("chromium", "fonts-liberation")  # without any font Chromium draws boxes


def tried(command: list[str], environment: dict[str, str]) -> bool:
    """Whether this command could be carried out; it is asked nothing."""
    return subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL).returncode == 0


def install() -> None:
    """Install Debian's Chromium where that is ours to do, else Playwright's."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        tried(["apt-get", "update", "-qq"], environment)
        if tried(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], environment):
            return
    tried([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def main() -> None:
    """Find a Chromium or install one; stop with a sentence where neither can be done."""
    if find() is None and "CHROMIUM" not in os.environ:
        print("Chromium for the browser tests ...", flush=True)
        install()
    if (found := find()) is None:
        sys.exit(WANTED)
    print(f"Chromium for the browser tests: {found}", flush=True)


if __name__ == "__main__":
    main()
