"""The check step of the GitHub Action: runs freezelint with what the runner tells, and tells the runner the results.

It reads its inputs from variables that action.yml sets, calls the `freezelint` of the Python that runs it, and needs
nothing but the standard library. Its exit code is that of the check, or of the confirmation where only that failed.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class InputError(Exception):
    """An input of the action cannot be used; the message says which and why."""


def main(environment: Mapping[str, str]) -> int:
    """Do the step; returns its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="freezelint-", dir=environment.get("RUNNER_TEMP")))
    try:
        base = base_of(event_of(environment)) if _is_on(environment, "FREEZELINT_ONLY_CHANGED") else None
        options = [*_words(environment, "FREEZELINT_ARGUMENTS"), "--no-progress"]
        paths = _words(environment, "FREEZELINT_PATHS") or ["."]
        program = _words(environment, "FREEZELINT_CONFIRM")
        annotations, uploads = _is_on(environment, "FREEZELINT_ANNOTATIONS"), _is_on(environment, "FREEZELINT_SARIF")
    except InputError as error:
        print(f"::error title=freezelint::{error}")
        return 2
    code = check(folder, [*options, "--", *paths], base, annotations=annotations)
    outputs = {"exit-code": str(code), "findings": str(_findings(folder / "report.json"))}
    summaries = [folder / "summary.md"]
    if uploads and (file := sarif(folder, [*options, "--", *paths])):
        outputs["sarif"] = str(file)
    if program:
        python = environment.get("FREEZELINT_CONFIRM_PYTHON") or sys.executable
        code = code or confirm(folder, python, program)
        summaries.append(folder / "confirmed.md")
    _append(environment.get("GITHUB_OUTPUT"), "".join(f"{name}={value}\n" for name, value in outputs.items()))
    _append(environment.get("GITHUB_STEP_SUMMARY"), "\n".join(_text(file) for file in summaries))
    return code


def check(folder: Path, arguments: Sequence[str], base: str | None, *, annotations: bool) -> int:
    """Check what the change adds, or everything; the lines of findings are marked by what goes to standard output."""
    formats = [f"markdown={folder / 'summary.md'}", f"json={folder / 'report.json'}"]
    formats.append("github" if annotations else "text")
    since = []
    if base is not None:
        _fetch(base)
        since = ["--diff-base", base]
    return _freezelint(sys.executable, "check", *_as_options(formats), *since, *arguments)


def sarif(folder: Path, arguments: Sequence[str]) -> Path | None:
    """Write all findings, changed or not: code scanning compares them with those of the base by itself."""
    file = folder / "freezelint.sarif"
    # What is found was told already.
    _freezelint(
        sys.executable, "check", *_as_options([f"sarif={file}"]), "--exit-zero", *arguments, stdout=subprocess.DEVNULL
    )
    return file if file.exists() else None


def confirm(folder: Path, python: str, program: Sequence[str]) -> int:
    """Confirm findings by the project's own tests; the exit code is 1 only for confirmed ones."""
    formats = [f"markdown={folder / 'confirmed.md'}"]
    return _freezelint(python, "confirm", *_as_options(formats), "--only-confirmed", "--pytest", *program)


def event_of(environment: Mapping[str, str]) -> dict[str, Any]:
    """What happened, as the runner tells it; nothing where there is no runner. Raises `InputError`."""
    file = environment.get("GITHUB_EVENT_PATH")
    if not file:
        return {}
    try:
        event = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the event in {file} cannot be read: {error}") from error
    return event if isinstance(event, dict) else {}


def base_of(event: Mapping[str, Any]) -> str | None:
    """The revision that a pull request or a merge queue starts from; None for any other event."""
    match event:
        case {"pull_request": {"base": {"sha": str() as base}}} | {"merge_group": {"base_sha": str() as base}}:
            return base
    return None


def _fetch(base: str) -> None:
    """Get the base: the usual checkout has the last commit only. Where it fails, the check says what is missing."""
    known = subprocess.run(["git", "cat-file", "-e", f"{base}^{{commit}}"], capture_output=True, check=False)
    if known.returncode != 0:
        subprocess.run(["git", "fetch", "--quiet", "--no-tags", "--depth=1", "origin", base], check=False)


def _freezelint(python: str, *arguments: str, stdout: int | None = None) -> int:
    sys.stdout.flush()
    return subprocess.run([python, "-m", "freezelint", *arguments], stdout=stdout, check=False).returncode


def _as_options(formats: Sequence[str]) -> list[str]:
    return [f"--output-format={each}" for each in formats]


def _is_on(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "false").strip().lower()
    if value not in ("true", "false", ""):
        raise InputError(f"the input {name.removeprefix('FREEZELINT_').lower()} must be true or false, not {value}")
    return value == "true"


def _words(environment: Mapping[str, str], name: str) -> list[str]:
    try:
        return shlex.split(environment.get(name, ""))
    except ValueError as error:
        raise InputError(f"the input {name.removeprefix('FREEZELINT_').lower()} cannot be read: {error}") from error


def _findings(file: Path) -> int:
    try:
        return len(json.loads(file.read_text(encoding="utf-8"))["findings"])
    except (OSError, ValueError):  # the check wrote none: its exit code and its message say why
        return 0


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _append(file: str | None, text: str) -> None:
    if file and text:
        with open(file, "a", encoding="utf-8") as stream:
            stream.write(text)


if __name__ == "__main__":
    sys.exit(main(os.environ))
