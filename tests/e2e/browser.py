"""A Chromium for the browser tests: one that is there, else one that can be had.

`python -m tests.e2e.browser` finds or installs one and says which; the tests themselves install nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
LEFT_OUT = "browser tests are LEFT OUT: no Chromium was found (set VUOKSI_CHROMIUM to one, or install the package)"


def find(environment: dict[str, str] | None = None) -> str | None:
    """Give the path of a Chromium: the one that is named, the system's, or Playwright's own."""
    surroundings = os.environ if environment is None else environment
    named = surroundings.get("VUOKSI_CHROMIUM")
    if named:
        # A wrong path must not quietly mean another browser.
        return named if os.access(named, os.X_OK) else None
    for name in NAMES:
        path = shutil.which(name, path=surroundings.get("PATH"))
        if path:
            return path
    return own_of_playwright()


def own_of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Debian's package as root, else let Playwright download its own. Failing is said by `find` afterwards."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ("update -qq", "install -y -qq --no-install-recommends chromium"):
            subprocess.run(["apt-get", *command.split()], env=surroundings, check=False)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    path = find()
    if path is None:
        install()
        path = find()
    sys.stdout.write(f"browser: {path}\n" if path else f"{LEFT_OUT}\n")


if __name__ == "__main__":
    main()
