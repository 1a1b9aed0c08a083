"""Reads the settings once, from pyproject.toml or freezelint.toml, into a frozen `Settings`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import msgspec


class Level(Enum):
    """What `severity` may give to a rule: one of the three severities, or off."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Settings(msgspec.Struct, frozen=True):
    """All that the user can decide. Rules are named by code, by the start of a code (`FRZ1`) or by name.

    `select` None means every rule that is on by default; `exclude` None the usual folders (see `discovery`).
    Patterns are those of .gitignore, relative to `root`. `root` is the folder of the project: that of the settings
    file where there is one. `source` is the settings file, for messages. `baseline` is a file relative to `root`,
    `cache_dir` a folder.
    """

    root: str
    source: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = {}
    severity: dict[str, Level] = {}
    torch_version: str | None = None
    possible: bool = False
    baseline: str | None = None
    cache_dir: str | None = None

    def with_command_line(
        self, *, select: tuple[str, ...] | None = None, ignore: tuple[str, ...] = (), possible: bool = False
    ) -> Settings:
        """These settings, overruled by the options of the command line.

        A selection on the command line is meant for this run alone: it replaces all that the file says of which
        rules are on. An `ignore` alone is added to the file's.
        """
        changed = self
        if select is not None:
            levels = {rule: level for rule, level in self.severity.items() if level is not Level.OFF}
            changed = msgspec.structs.replace(changed, select=select, ignore=(), severity=levels)
        return msgspec.structs.replace(changed, ignore=changed.ignore + ignore, possible=changed.possible or possible)


class ConfigurationError(Exception):
    """The settings cannot be used: the message names the file and the key."""


StrPath = str | os.PathLike[str]


def load_settings(start: StrPath, *, file: StrPath | None = None, isolated: bool = False) -> Settings:
    """The settings that hold for `start`, a folder: from `file`, or from the nearest file upwards, or the defaults."""
    start = os.path.abspath(start)
    if isolated:
        return Settings(root=_project_root(start))
    if file is not None:
        file = os.fspath(file)
        table = _table(file, required=True)
        return _settings(table or {}, file, os.path.dirname(os.path.abspath(file)))
    for folder in _upwards(start):
        for candidate in (os.path.join(folder, "freezelint.toml"), os.path.join(folder, "pyproject.toml")):
            if not os.path.isfile(candidate):
                continue
            table = _table(candidate, required=False)
            if table is not None:
                return _settings(table, candidate, folder)
    return Settings(root=_project_root(start))


def _upwards(folder: str) -> Iterator[str]:
    """A folder, the one it lies in, and so on."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder


def closest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` where something known looks like `word`, else nothing."""
    import difflib  # for slips only, which most runs are without

    plain = {_plain(name): name for name in known}
    match = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return f"; did you mean {plain[match[0]]}?" if match else ""


def _is_nearly(word: str, known: str) -> bool:
    """Whether the letters of the two words differ in a slip at most."""
    from difflib import SequenceMatcher

    letters = "".join(character for character in word.lower() if character.isalpha())
    return SequenceMatcher(None, letters, known).ratio() > 0.85


def _plain(word: str) -> str:
    """The word without what is easily mistaken: case, the kind of dash, and letters that look like digits."""
    return word.lower().translate(str.maketrans("_oil", "-011"))


def _project_root(start: str) -> str:
    for folder in _upwards(start):
        if os.path.isfile(os.path.join(folder, "pyproject.toml")) or os.path.exists(os.path.join(folder, ".git")):
            return folder
    return start


def _table(file: str, *, required: bool) -> dict[str, Any] | None:
    """The settings table of a file; None where a pyproject.toml has none."""
    document = _document(file)
    # An explicit file of any other name is read like freezelint.toml, unless it has the table of a pyproject.toml.
    tool = document.get("tool", {})
    if isinstance(tool, dict) and "freezelint" in tool:
        table = tool["freezelint"]
        if not isinstance(table, dict):
            raise ConfigurationError(f"{file}: tool.freezelint must be a table")
        return table
    if os.path.basename(file) == "pyproject.toml":
        _refuse_misspelt_table(tool, file)
        if required:
            raise ConfigurationError(f"{file}: there is no table [tool.freezelint]")
        return None
    return document


def _refuse_misspelt_table(tool: object, file: str) -> None:
    """A table that is nearly called like ours is a slip, and would be passed over in silence."""
    for name in tool if isinstance(tool, dict) else ():
        # Most projects have no such table, and pay nothing for the question.
        if "freez" in name.lower() and _is_nearly(name, "freezelint"):
            raise ConfigurationError(f"{file}: unknown table [tool.{name}]; did you mean freezelint?")


def _document(file: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(file, "rb") as stream:
            document: dict[str, Any] = tomllib.loads(stream.read().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: not valid UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: not valid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigurationError(f"{file}: nested too deeply") from error
    return document


def _settings(table: dict[str, Any], file: str, root: str) -> Settings:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            raise ConfigurationError(f"{file}: unknown key `{key}`{closest(key, _READERS)}")
        try:
            values[key.replace("-", "_")] = _READERS[key](value)
        except _Unfit as error:
            raise ConfigurationError(f"{file}: `{key}` {error}") from error
    return Settings(root=root, source=file, **values)


class _Unfit(Exception):
    """A value is not of the kind that its key wants."""


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Unfit(f"must be a list of strings, not {_kind(value)}")
    for item in value:
        if not isinstance(item, str):
            raise _Unfit(f"must be a list of strings, but holds {_kind(item)}")
    return tuple(value)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit(f"must be a string, not {_kind(value)}")
    return value


def _version(value: Any) -> str:
    text = _string(value)
    if re.match(r"\d+(\.\d+)*", text) is None:
        raise _Unfit(f'must be a version such as "2.1", not {_kind(text)}')
    return text


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit(f"must be true or false, not {_kind(value)}")
    return value


def _ignores(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _Unfit(f"must be a table of pattern = [codes], not {_kind(value)}")
    result = {}
    for pattern, codes in value.items():
        try:
            result[pattern] = _strings(codes)
        except _Unfit as error:
            raise _Unfit(f"for `{pattern}` {error}") from error
    return result


def _levels(value: Any) -> dict[str, Level]:
    if not isinstance(value, dict):
        raise _Unfit(f"must be a table of rule = level, not {_kind(value)}")
    known = [level.value for level in Level]
    for rule, level in value.items():
        if level not in known:
            hint = closest(level, known) if isinstance(level, str) else ""
            raise _Unfit(f"for `{rule}` must be one of {', '.join(known)}, not {_kind(level)}{hint}")
    return {rule: Level(level) for rule, level in value.items()}


def _kind(value: Any) -> str:
    """How a value is called in a message: short ones by themselves, others by type."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'the string "{value}"' if len(value) <= 30 else "a string"
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


_READERS = {
    "select": _strings,
    "ignore": _strings,
    "exclude": _strings,
    "extend-exclude": _strings,
    "per-file-ignores": _ignores,
    "severity": _levels,
    "torch-version": _version,
    "possible": _boolean,
    "baseline": _string,
    "cache-dir": _string,
}
