"""A real browser without a window, where one is installed: what it makes of a page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next((path for name in NAMES if (path := shutil.which(name))), None)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser is installed")


def _run(page: Path, *options: str) -> str:
    assert BROWSER is not None
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}",
             *options, page.as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    return result.stdout


def document_of(page: Path) -> str:
    """The document as the browser understood it."""
    return _run(page, "--dump-dom")


def colours_of(page: Path, *, width: int = 1200, height: int = 1600) -> set[tuple[int, int, int]]:
    """The colours that the browser shows, each with its red, green and blue from 0 to 255."""
    image = pytest.importorskip("PIL.Image")
    shot = page.with_suffix(".png")
    _run(page, f"--screenshot={shot}", f"--window-size={width},{height}")
    with image.open(shot) as shown:
        counted = shown.convert("RGB").getcolors(maxcolors=width * height)
    return {colour for _, colour in counted}
