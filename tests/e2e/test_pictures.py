"""The pictures of the README, taken from the demo city. They change only when asked: VUOKSI_PICTURES=1."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

KEPT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST_B = 300_000
PICTURES = {
    "home-light.png": ("/", 1280, 800, "light"),
    "home-dark.png": ("/", 1280, 800, "dark"),
    "call-phone.png": ("/calls/demo-library-evening-2026/", 390, 844, "light"),
    "chain.png": ("/chain/experiment/hydrohex-swimming/", 1280, 800, "light"),
    "experiment.png": ("/experiments/hydrohex-swimming/", 1280, 800, "light"),
}


@pytest.fixture
def folder(tmp_path):
    """Where the pictures go: into the documentation, or away when nobody asked for new ones."""
    return KEPT if os.environ.get("VUOKSI_PICTURES") == "1" else tmp_path


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_taken(visit, folder, name):
    address, width, height, scheme = PICTURES[name]
    page = visit(width=width, height=height, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / name)

    assert (folder / name).stat().st_size < LARGEST_B


def test_every_picture_is_kept():
    assert sorted(path.name for path in KEPT.glob("*.png")) == sorted(PICTURES)
