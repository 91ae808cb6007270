"""Set the checkout up: Python packages, front-end packages and the assets the dashboard serves.

With --dev it installs what the tests, the linter and the type checker need as well. It needs Python 3.11 with venv and
nothing else, and uses uv and npm where the machine has them. Run it again at any time: a step whose inputs have not
changed is left out, so a finished set-up needs no network.
"""

import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
VENDOR = ROOT / "dashboard" / "static" / "vendor"
MODULES = ROOT / "node_modules"
LOCK, DEV_LOCK, NODE_LOCK = (ROOT / f"requirements{of}.lock" for of in ("", "-dev", "-node"))
OLDEST_PYTHON = (3, 11)
OLDEST_NPM = 9  # the first that keeps addresses out of package-lock.json
# pip's words for a package of the lock that it has dealt with
DEALT_WITH = ("Collecting ", "Processing ", "Ignoring ", "Requirement already satisfied: ")
ON_A_TERMINAL = sys.stdout.isatty()
SECONDS_BETWEEN_REPORTS = 1 if ON_A_TERMINAL else 10
NEW_LINE, LINE_END = ("\r\033[K", "") if ON_A_TERMINAL else ("", "\n")  # on a terminal each report replaces the last
SECONDS_TO_END = 10
# an organisation's proxy may sign with a certificate that only its machines know; uv (by its newer and its older name)
# and Node 24 are told to look there, an older Node to read the file
TRUST_THIS_MACHINE = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", "NODE_USE_SYSTEM_CA": "1"}
CERTIFICATES = (Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/pki/tls/certs/ca-bundle.crt"))
NO_ENSUREPIP = (
    "This Python cannot install packages: its module ensurepip is missing. Install it (Debian: "
    "`apt-get install python3-venv`), then run this again."
)

# GOV.UK's type face and crest may only be used on GOV.UK itself (the notice is in its own style sheet)
FONT_FACE = re.compile(r"/\*![^*]*\*/\s*(?=@font-face)|@font-face\s*\{[^}]*\}")
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
SOURCE_MAP = re.compile(r"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
IMAGE = re.compile(r"url\(/assets/images/([\w-]+\.svg)\)")

SHEETS = {
    "govuk-frontend.min.css": MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "moj-frontend.min.css": MODULES / "@ministryofjustice/frontend/moj/moj-frontend.min.css",
}
SCRIPTS = {
    "govuk-frontend.min.js": MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj-frontend.min.js": MODULES / "@ministryofjustice/frontend/moj/moj-frontend.min.js",
}
IMAGES = MODULES / "@ministryofjustice/frontend/moj/assets/images"


class SetUpFailed(Exception):
    """Raised when a step cannot be done; its text says what to do about it."""


class Watched:
    """A command that runs in the checkout: one line says how far it is, and its words are shown if it fails."""

    def __init__(self, command: tuple[str, ...], packages: int) -> None:
        self.packages, self.started, self.said = packages, monotonic(), list[str]()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert self.process.stdout is not None
        self.listener = threading.Thread(target=self.listen, args=(self.process.stdout,), daemon=True)
        self.listener.start()

    def listen(self, lines: Iterable[str]) -> None:
        """Keep what it says."""
        self.said += (line.strip() for line in lines if line.strip())

    def wait(self) -> int:
        """Its exit code, once it has ended; it does not outlive this process, however that is stopped."""
        try:
            while self.is_running():
                self.report()
            self.listener.join()
            return self.process.returncode
        finally:
            self.end()

    def is_running(self) -> bool:
        """Whether it still runs when it is time for the next report."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(SECONDS_BETWEEN_REPORTS)
        return self.process.returncode is None

    def report(self) -> None:
        """Say how long it has run, how many packages are dealt with and what it does now."""
        seconds = f"{monotonic() - self.started:.0f} s"
        done = sum(line.startswith(DEALT_WITH) for line in self.said)
        counted = f"package {done} of {self.packages}" if done and self.packages else ""
        doing = next((line for line in reversed(self.said) if not line.startswith("WARNING")), "")
        line = ", ".join(filter(None, [seconds, counted, doing]))
        width = shutil.get_terminal_size().columns - 3
        print(f"{NEW_LINE}  {line[:width]}", end=LINE_END, flush=True)

    def end(self) -> None:
        """Leave no process and no half line behind."""
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(SECONDS_TO_END)
            self.process.kill()
        print(NEW_LINE, end="", flush=True)


def environment() -> dict[str, str]:
    """This machine's environment; the virtual environment's own programs are found first."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    file = next((each for each in CERTIFICATES if each.is_file()), None)
    trusted = TRUST_THIS_MACHINE | ({"NODE_EXTRA_CA_CERTS": str(file)} if file else {})
    return trusted | os.environ | {"PATH": path}


def run(*command: str | Path, packages: int = 0) -> None:
    """Run one command in the checkout and show how far it is; `packages` is how many it is to install, if known."""
    watched = Watched(tuple(str(part) for part in command), packages)
    if watched.wait():
        print("\n".join(watched.said), file=sys.stderr)
        raise SetUpFailed(f"`{command[0]} {command[1]}` failed; what it says above tells why.")


def fingerprint(*inputs: Path) -> str:
    """One hash over the inputs, this script among them: a changed step is done again too."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for path in (*inputs, Path(__file__)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def step(title: str, stamp: str, inputs: list[Path], results: list[Path], do: Callable[[], None]) -> None:
    """Do one step unless its stamp says that it was done for just these inputs and its results are there."""
    mark, wanted = VENV / ".set-up" / stamp, fingerprint(*inputs)
    if mark.is_file() and mark.read_text() == wanted and all(path.exists() for path in results):
        print(f"{title}: nothing to do", flush=True)
        return
    print(f"{title} ...", flush=True)
    started = monotonic()
    mark.unlink(missing_ok=True)
    do()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(wanted)
    print(f"{title}: done in {monotonic() - started:.0f} s", flush=True)


def create_environment() -> None:
    """Create .venv, with uv where it is to be had (which needs no ensurepip), else with Python's own venv and pip."""
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
    else:
        run(sys.executable, "-m", "venv", "--without-pip", VENV)


def install(*arguments: str, packages: int = 0) -> None:
    """`pip install`, by uv where it is to be had."""
    if uv := shutil.which("uv"):
        run(uv, "pip", "install", "--python", PYTHON, *arguments)
        return
    if not can("pip"):
        if not can("ensurepip"):
            raise SetUpFailed(NO_ENSUREPIP)
        run(PYTHON, "-m", "ensurepip", "--upgrade")
    quietly = ("--progress-bar", "off", "--disable-pip-version-check")
    run(PYTHON, "-m", "pip", "install", *quietly, *arguments, packages=packages)


def can(module: str) -> bool:
    """Whether the virtual environment's Python has this module."""
    return not subprocess.run([PYTHON, "-m", module, "--version"], check=False, capture_output=True).returncode


def install_locked(lock: Path) -> None:
    """Install the packages of a lock; it is complete, and an older pip would look for newer ones of an extra."""
    install("--no-deps", "--require-hashes", "-r", lock.name, packages=len(locked(lock)))


def locked(lock: Path) -> list[str]:
    """The names of the packages of a lock, those for other systems among them."""
    return re.findall(r"^([\w.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)


def uninstall(*names: str) -> None:
    """`pip uninstall`, by uv where it is to be had."""
    if uv := shutil.which("uv"):
        run(uv, "pip", "uninstall", "--python", PYTHON, *names)
    else:
        run(PYTHON, "-m", "pip", "uninstall", "--yes", "--disable-pip-version-check", *names)


def npm_on_path() -> str | None:
    """The npm of this machine when it is new enough."""
    if not (npm := shutil.which("npm")):
        return None
    said = subprocess.run([npm, "--version"], check=False, capture_output=True, text=True).stdout.strip()
    major = said.partition(".")[0]
    return npm if major.isdigit() and int(major) >= OLDEST_NPM else None


def install_front_end() -> None:
    """Fetch the packages of package-lock.json; where there is no npm, it comes as a Python package for as long."""
    npm, there = npm_on_path(), BIN / ("npm.exe" if os.name == "nt" else "npm")
    if npm is None:
        install_locked(NODE_LOCK)
    run(npm or there, "ci", "--ignore-scripts", "--omit=peer", "--loglevel=error")
    if npm is None:
        uninstall(*locked(NODE_LOCK))  # 200 MB that nothing needs any more


def ours(sheet: str) -> str:
    """A style sheet without what belongs to GOV.UK alone, its images taken from our own folder."""
    sheet = CREST.sub("none", FONT_FACE.sub("", sheet)).replace("GDS Transport,", "")
    return SOURCE_MAP.sub("\n", IMAGE.sub(r"url(\1)", sheet))


def copy_assets() -> None:
    """Copy the style sheets, scripts and icons that the pages use to dashboard/static/vendor/."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in SHEETS.items():
        original = source.read_text(encoding="utf-8")
        (VENDOR / name).write_text(ours(original), encoding="utf-8")
        for image in sorted(set(IMAGE.findall(CREST.sub("", original)))):
            shutil.copyfile(IMAGES / image, VENDOR / image)
    for name, source in SCRIPTS.items():
        (VENDOR / name).write_text(SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8")), encoding="utf-8")


def install_project() -> None:
    """The checkout itself, editable, with its command line; the lock holds what builds it."""
    install("--no-deps", "--no-build-isolation", "-e", ".")


def python_environment() -> None:
    """Make sure that there is a virtual environment, made by a Python that is new enough."""
    if sys.version_info < OLDEST_PYTHON:
        version = sys.version.split()[0]
        raise SetUpFailed(f"This is Python {version}; 3.11 or newer is needed: make PYTHON=python3.11 install")
    if not PYTHON.exists():
        print("The first set-up takes one to three minutes.\nVirtual environment ...", flush=True)
        create_environment()


def set_up(*, dev: bool) -> None:
    """All steps in order."""
    python_environment()
    packages = ROOT / "package-lock.json"
    command = BIN / ("learning-cycle.exe" if os.name == "nt" else "learning-cycle")
    assets = [VENDOR / name for name in (*SHEETS, *SCRIPTS)]
    step("Python packages", "python", [LOCK], [PYTHON], lambda: install_locked(LOCK))
    step("Learning cycle", "project", [ROOT / "pyproject.toml"], [command], install_project)
    step("Front-end packages", "front-end", [packages, NODE_LOCK], [MODULES], install_front_end)
    step("Style sheets and scripts", "assets", [packages], assets, copy_assets)
    if dev:
        step("Development packages", "dev", [DEV_LOCK], [BIN / "pytest"], lambda: install_locked(DEV_LOCK))


def main() -> None:
    """Set up; a refusal, Ctrl-C and SIGTERM end it with a sentence and leave no installer running."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="install what tests and checks need as well")
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit("Set-up was told to stop; run it again to go on."))
    try:
        set_up(dev=parser.parse_args().dev)
    except SetUpFailed as failure:
        sys.exit(f"Set-up stopped: {failure}")
    except KeyboardInterrupt:
        sys.exit("Set-up was told to stop; run it again to go on.")


if __name__ == "__main__":
    main()
