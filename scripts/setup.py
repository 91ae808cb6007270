"""Set the checkout up: Python packages, front-end packages and the assets the dashboard serves.

Needs Python 3.11 and nothing else; uses uv and npm where they are to be had. Safe to run again at any time:
a step whose inputs have not changed is left out, so that a finished set-up needs no network.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
VENDOR = ROOT / "dashboard" / "static" / "vendor"
MODULES = ROOT / "node_modules"
OLDEST_PYTHON = (3, 11)
OLDEST_NPM = 9  # the first that keeps addresses out of package-lock.json

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


def run(*command: str | Path) -> None:
    """Run one command in the checkout; the virtual environment's own programs are found first."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    result = subprocess.run([str(part) for part in command], check=False, cwd=ROOT, env=os.environ | {"PATH": path})
    if result.returncode:
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
    mark.unlink(missing_ok=True)
    do()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(wanted)


def create_environment() -> None:
    """Create .venv, with uv where it is to be had (which needs no ensurepip), else with Python's own venv."""
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
        return
    try:
        run(sys.executable, "-m", "venv", VENV)
    except SetUpFailed as failure:
        raise SetUpFailed("Python has no venv module: install it (Debian: python3-venv).") from failure


def install(*arguments: str) -> None:
    """`pip install`, by uv where it is to be had."""
    if uv := shutil.which("uv"):
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, *arguments)
        return
    if subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode:
        run(PYTHON, "-m", "ensurepip", "--upgrade")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def npm_on_path() -> str | None:
    """The npm of this machine when it is new enough."""
    if not (npm := shutil.which("npm")):
        return None
    said = subprocess.run([npm, "--version"], check=False, capture_output=True, text=True).stdout.strip()
    major = said.partition(".")[0]
    return npm if major.isdigit() and int(major) >= OLDEST_NPM else None


def install_front_end() -> None:
    """Fetch the packages of package-lock.json; where there is no npm, it comes as a Python package."""
    npm = npm_on_path()
    if npm is None:
        install("--require-hashes", "-r", "requirements-node.lock")
        npm = str(BIN / ("npm.exe" if os.name == "nt" else "npm"))
    run(npm, "ci", "--ignore-scripts", "--omit=peer", "--loglevel=error")


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


def install_python() -> None:
    """The packages of requirements.lock; it is complete, and an older pip would look for newer ones of an extra."""
    install("--no-deps", "--require-hashes", "-r", "requirements.lock")


def install_project() -> None:
    """The checkout itself, editable, with its command line; the lock holds what builds it."""
    install("--no-deps", "--no-build-isolation", "-e", ".")


def set_up() -> None:
    """All steps in order."""
    if sys.version_info < OLDEST_PYTHON:
        version = sys.version.split()[0]
        raise SetUpFailed(f"This is Python {version}; 3.11 or newer is needed: make PYTHON=python3.11 setup")
    if not PYTHON.exists():
        print("Virtual environment ...", flush=True)
        create_environment()
    packages, node = ROOT / "package-lock.json", ROOT / "requirements-node.lock"
    command = BIN / ("learning-cycle.exe" if os.name == "nt" else "learning-cycle")
    assets = [VENDOR / name for name in (*SHEETS, *SCRIPTS)]
    step("Python packages", "python", [ROOT / "requirements.lock"], [PYTHON], install_python)
    step("Learning cycle", "project", [ROOT / "pyproject.toml"], [command], install_project)
    step("Front-end packages", "front-end", [packages, node], [MODULES], install_front_end)
    step("Style sheets and scripts", "assets", [packages], assets, copy_assets)


if __name__ == "__main__":
    try:
        set_up()
    except SetUpFailed as failure:
        sys.exit(f"Set-up stopped: {failure}")
