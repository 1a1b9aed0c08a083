"""The correct programs that mistakes are planted into: scripts in one file, written in many styles."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
# They need more than torch, or more time than a sample has.
_LIBRARIES = (
    "lightning",
    "transformers",
    "peft",
    "timm",
    "torchvision",
    "accelerate",
    "distributed",
    "multiprocessing",
)


def hosts() -> dict[str, str]:
    """The text of each host, by name."""
    programs = ROOT / "tests" / "programs"
    paths = [
        *sorted((programs / "ok").glob("*.py")),
        *sorted((programs / "catalogue").glob("ok_*.py")),
        *sorted((ROOT / "rules" / "freezelint_rules").glob("*/good.py")),
    ]
    found = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if not any(
            f"import {name}" in text or f"from {name}" in text or f"torch.{name}" in text for name in _LIBRARIES
        ):
            found[path.relative_to(ROOT).as_posix()] = text
    return found
