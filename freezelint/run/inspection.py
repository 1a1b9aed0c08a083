"""Builds a real model and looks at it, where torch is installed."""

from __future__ import annotations

from freezelint.runtime.inspecting import CannotInspect, inspect_target

__all__ = ["CannotInspect", "inspect_target"]
