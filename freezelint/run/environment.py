"""Which torch a project runs with: as the settings say, or the project's own lists of dependencies."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path
from typing import Any

from freezelint.config import Settings
from freezelint.core.environment import Environment

Bound = tuple[int, ...]
_REQUIREMENT = re.compile(
    r"^\s*torch\s*(?:\[[^\]]*\])?\s*\(?\s*(?P<versions>(?:[=<>!~^\d][^;#)@]*)?)\)?\s*(?:#.*)?$", re.I
)
_CLAUSE = re.compile(r"^\s*(?P<op>===|==|~=|<=|>=|!=|<|>|\^|~|)\s*(?P<version>\d+(?:\.\d+)*)(?P<any>\.\*)?")
_LONGEST = 1_000_000


def environment_of(settings: Settings) -> Environment:
    """What is known of the torch that the project runs with.

    The setting `torch-version` decides. Where there is none, the first of these does that keeps torch below some
    release: the dependencies of the project itself, its requirements.txt, then the most lenient of its optional
    dependencies and other requirements files. A requirement with an environment marker says nothing.
    """
    if settings.torch_version is not None:
        return Environment(torch_below=_below(f"=={settings.torch_version}"))
    root = Path(settings.root)
    project, optional = _pyproject(root / "pyproject.toml")
    installed, extras = _setup_cfg(root / "setup.cfg")
    for requirements in ([*project, *installed], _requirements(root / "requirements.txt")):
        bounds = [bound for bound in _bounds(requirements) if bound is not None]
        if bounds:
            return Environment(torch_below=min(bounds))
    others = [*optional, *extras]
    for file in _other_requirements(root):
        others.extend(_requirements(file))
    lenient = list(_bounds(others))
    known = [bound for bound in lenient if bound is not None]
    return Environment(torch_below=max(known) if known and len(known) == len(lenient) else None)


def _bounds(requirements: Iterable[str]) -> Iterator[Bound | None]:
    """The bound that each requirement of torch sets; None for one that sets none."""
    for text in requirements:
        match = _REQUIREMENT.match(text)
        if match is not None:
            yield _below(match["versions"])


def _below(versions: str) -> Bound | None:
    """The release that version clauses (`>=1.7,<2.0`) keep torch below; None where they set no such bound."""
    found: Bound | None = None
    for clause in versions.split(","):
        match = _CLAUSE.match(clause)
        if match is None:
            continue
        version = tuple(int(part) for part in match["version"].split("."))
        bound = _upper(match["op"], version)
        if bound is not None and (found is None or bound < found):
            found = bound
    return found


def _upper(op: str, version: Bound) -> Bound | None:
    """The release below which one clause keeps torch."""
    match op:
        case "<":
            return version
        case "==" | "===" | "<=" | "~" | "":
            return _next(version)
        case "~=":
            return _next(version[:-1]) if len(version) > 1 else None
        case "^":
            first = next((number for number, part in enumerate(version) if part), len(version) - 1)
            return _next(version[: first + 1])
        case _:
            return None


def _next(version: Bound) -> Bound:
    return (*version[:-1], version[-1] + 1)


# --- files ---------------------------------------------------------------------------------------------------------


def _pyproject(file: Path) -> tuple[list[str], list[str]]:
    """The requirements of a pyproject.toml: the project's own, and the optional ones; those of Poetry, too."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        document: dict[str, Any] = tomllib.loads(_text(file))
    except (tomllib.TOMLDecodeError, RecursionError):
        return [], []  # whoever reads the settings there says so
    project = _table(document, "project")
    poetry = _table(_table(document, "tool"), "poetry")
    own = [*_strings(project.get("dependencies")), *_poetry(_table(poetry, "dependencies"))]
    optional = [each for group in _table(project, "optional-dependencies").values() for each in _strings(group)]
    return own, optional


def _table(owner: dict[str, Any], key: str) -> dict[str, Any]:
    value = owner.get(key)
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _poetry(dependencies: dict[str, Any]) -> Iterator[str]:
    value = dependencies.get("torch")
    if isinstance(value, dict) and "markers" not in value:
        value = value.get("version")
    if isinstance(value, str):
        yield f"torch {value.replace('.*', '')}"


def _setup_cfg(file: Path) -> tuple[list[str], list[str]]:
    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(_text(file))
    except ConfigParserError:
        return [], []
    own = parser.get("options", "install_requires", fallback="").splitlines()
    extras = parser.items("options.extras_require") if parser.has_section("options.extras_require") else []
    return own, [line for _, lines in extras for line in lines.splitlines()]


def _requirements(file: Path) -> list[str]:
    return _text(file).splitlines()


def _other_requirements(root: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return []
    return [root / name for name in names if re.fullmatch(r"requirements[-_.]\w+\.txt", name)]


def _text(file: Path) -> str:
    """The text of a file; nothing where there is none, or none that can be read."""
    try:
        if not file.is_file() or file.stat().st_size > _LONGEST:
            return ""
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""
