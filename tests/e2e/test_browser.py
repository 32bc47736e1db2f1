"""Which browser the tests take, and that they say when they have none."""

import subprocess
import sys

import pytest

from tests.e2e.browser import LEFT_OUT, NAMES, find


def executable(path):
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_named_browser_is_taken(tmp_path):
    named = executable(tmp_path / "mine")

    assert find({"VUOKSI_CHROMIUM": named, "PATH": "/usr/bin"}) == named


def test_a_wrong_name_is_not_quietly_another_browser(tmp_path):
    executable(tmp_path / "chromium")

    assert find({"VUOKSI_CHROMIUM": "/nowhere/chromium", "PATH": str(tmp_path)}) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_of_the_system_is_found(tmp_path, name):
    path = executable(tmp_path / name)

    assert find({"PATH": str(tmp_path)}) == path


def test_browser_tests_left_out_are_said_aloud(tmp_path):
    """A whole run of this project's settings for pytest, without a browser."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/e2e/test_pages.py",
    ]
    surroundings = {"VUOKSI_CHROMIUM": "/nowhere/chromium", "PATH": "/usr/bin:/bin"}

    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    assert LEFT_OUT in done.stdout
    assert "skipped" not in done.stdout
