"""Finds the Python files and notebooks to check below some paths, honouring .gitignore and the settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from freezelint.core.findings import Problem

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Folders that hold no source of the user's own. `env` is missing on purpose: in reinforcement learning it is a
# package; virtual environments of any name are known by their pyvenv.cfg.
USUAL_EXCLUDES = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache",
        ".ruff_cache", ".svn", ".tox", ".venv", "__pycache__", "__pypackages__", "_build", "build", "dist",
        "node_modules", "site-packages", "venv",
    }
)  # fmt: skip


_ENDINGS = (".py", ".ipynb")
_LONGEST_PATTERN = 4096
"""A longer pattern fits no path, and takes minutes to compile."""


class FoundFile(msgspec.Struct, frozen=True):
    """A file to check: where it is, how it is shown, and whether the user named the file itself.

    `real` is its path free of links: one file, however it was reached.
    """

    path: str
    display: str
    named: bool
    real: str


class Discovery(msgspec.Struct, frozen=True):
    """The files to check, in the order of their displayed paths, each once; and what could not be looked into."""

    files: tuple[FoundFile, ...]
    problems: tuple[Problem, ...]


class _Ignores(msgspec.Struct, frozen=True):
    """The patterns of one .gitignore (or of the settings), which hold below `folder`."""

    folder: str
    spec: GitIgnoreSpec

    def decides(self, path: str, *, is_folder: bool) -> bool | None:
        """True where the path is ignored, False where it is taken back, None where nothing is said of it."""
        top = os.path.join(self.folder, "")
        if not path.startswith(top):
            return None
        relative = path[len(top) :].replace(os.sep, "/")
        return self.spec.check_file(relative + "/" if is_folder else relative).include


class _Walk(msgspec.Struct, frozen=True):
    """What holds for a whole walk."""

    cwd: str
    usual_excludes: bool
    excludes: _Ignores | None


def discover(
    paths: Sequence[str],
    *,
    cwd: str,
    root: str,
    exclude: Sequence[str] | None = None,
    extend_exclude: Sequence[str] = (),
) -> Discovery:
    """All `.py` and `.ipynb` files below the given folders, and each given file whatever it is called.

    A given path is always looked into: excludes and .gitignore speak of what lies below it. `exclude` takes the
    place of the usual excludes; both lists hold .gitignore patterns relative to `root`.
    """
    patterns = (*(exclude or ()), *extend_exclude)
    excludes = _Ignores(folder=root, spec=gitignore_spec(patterns)) if patterns else None
    walk = _Walk(cwd=cwd, usual_excludes=exclude is None, excludes=excludes)
    found: dict[str, FoundFile] = {}
    problems: dict[str, Problem] = {}
    for given in paths:
        path = os.path.normpath(os.path.join(cwd, given))
        for item in _look(path, walk):
            match item:
                case Problem():
                    problems.setdefault(item.path, item)
                case FoundFile():
                    _add(found, item)
    files = sorted(found.values(), key=lambda file: file.display)
    return Discovery(files=tuple(files), problems=tuple(sorted(problems.values(), key=lambda problem: problem.path)))


def with_unsaved(found: Discovery, unsaved: Iterable[str], *, cwd: str) -> Discovery:
    """The discovery with files, by shown path, whose contents come from elsewhere and that need not be on disk."""
    known = {file.display for file in found.files}
    missing = [display for display in unsaved if display not in known]
    if not missing:
        return found
    paths = [(display, os.path.normpath(os.path.join(cwd, display))) for display in missing]
    new = [FoundFile(path=path, display=display, named=True, real=os.path.realpath(path)) for display, path in paths]
    return Discovery(
        files=tuple(sorted((*found.files, *new), key=lambda file: file.display)),
        problems=tuple(problem for problem in found.problems if problem.path not in missing),
    )


def display_path(path: str, cwd: str) -> str:
    """The path relative to `cwd` where it lies below, else absolute; with forward slashes, always printable text."""
    if path.startswith(os.path.join(cwd, "")):
        path = path[len(os.path.join(cwd, "")) :]
    # A name that is not valid UTF-8 has surrogates in it, which no report could be written with.
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode("utf-8")


def _unreadable(display: str, error: OSError) -> Problem:
    """The problem of a file or folder that the system refuses."""
    reason = (error.strerror or type(error).__name__).lower()
    return Problem(path=display, message=f"cannot read it: {reason}", code="FRZ902")


def _add(found: dict[str, FoundFile], file: FoundFile) -> None:
    """Keep one of the names of a file: one that the user gave, else its own name rather than a link's."""
    known = found.get(file.real)
    if known is None or (file.named, file.path == file.real) > (known.named, known.path == known.real):
        found[file.real] = file


def _look(path: str, walk: _Walk) -> Iterator[FoundFile | Problem]:
    display = display_path(path, walk.cwd)
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        yield Problem(path=display, message="no such file or folder", code="FRZ902")
    except OSError as error:
        yield _unreadable(display, error)
    except ValueError:  # a null byte in the path
        yield Problem(path=display, message="not a valid path", code="FRZ902")
    else:
        if os.path.isdir(path):
            yield from _walk(path, walk)
        else:
            yield FoundFile(path=path, display=display, named=True, real=os.path.realpath(path))


def _walk(top: str, walk: _Walk) -> Iterator[FoundFile | Problem]:
    """The files below a folder. Links to folders are not followed, so no loop of links can hold the walk."""
    stack = [(top, os.path.realpath(top), _outer_ignores(top))]
    while stack:
        folder, real, ignores = stack.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(display_path(folder, walk.cwd), error)
            continue
        names = {entry.name for entry in entries}
        if folder != top and "pyvenv.cfg" in names and walk.usual_excludes:
            continue
        if ".gitignore" in names:
            ignores = (*_ignore_file(os.path.join(folder, ".gitignore"), folder), *ignores)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not _is_ignored(entry, ignores, walk, is_folder=True):
                    stack.append((entry.path, os.path.join(real, entry.name), ignores))
            elif entry.name.endswith(_ENDINGS) and not _is_ignored(entry, ignores, walk, is_folder=False):
                yield from _file(entry, real, walk)


def _file(entry: os.DirEntry[str], real_folder: str, walk: _Walk) -> Iterator[FoundFile | Problem]:
    display = display_path(entry.path, walk.cwd)
    # Only a link can lead elsewhere; resolving every path would cost more than the walk.
    real = os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(real_folder, entry.name)
    try:
        # Links to nothing (editors leave such locks), links to folders and devices are passed over.
        if entry.is_file():
            yield FoundFile(path=entry.path, display=display, named=False, real=real)
    except OSError as error:
        yield _unreadable(display, error)


def _is_ignored(entry: os.DirEntry[str], ignores: tuple[_Ignores, ...], walk: _Walk, *, is_folder: bool) -> bool:
    if is_folder and walk.usual_excludes and (entry.name in USUAL_EXCLUDES or entry.name.endswith(".egg-info")):
        return True
    if walk.excludes is not None and walk.excludes.decides(entry.path, is_folder=is_folder):
        return True
    # As in git: the innermost file that says anything of a path has the word.
    for ignore in ignores:
        decision = ignore.decides(entry.path, is_folder=is_folder)
        if decision is not None:
            return decision
    return False


def _outer_ignores(top: str) -> tuple[_Ignores, ...]:
    """The .gitignore files above `top`, up to the top of its git repository, innermost first; none without one."""
    folder = top
    collected: list[_Ignores] = []
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            collected.extend(_ignore_file(os.path.join(folder, ".git", "info", "exclude"), folder))
            break
        parent = os.path.dirname(folder)
        if parent == folder:
            return ()
        folder = parent
        collected.extend(_ignore_file(os.path.join(folder, ".gitignore"), folder))
    # Where they ignore `top` itself they would ignore all below it, though the user asked for it.
    return tuple(ignore for ignore in collected if top == ignore.folder or not _covers(ignore, top))


def _covers(ignore: _Ignores, top: str) -> bool:
    folder = top
    while folder != ignore.folder:
        if ignore.decides(folder, is_folder=True):
            return True
        folder = os.path.dirname(folder)
    return False


def _ignore_file(path: str, folder: str) -> tuple[_Ignores, ...]:
    # Of regular files only: one that is a link to a device would never end.
    if not os.path.isfile(path):
        return ()
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return ()
    spec = gitignore_spec(lines)
    return (_Ignores(folder=folder, spec=spec),) if spec.patterns else ()


def gitignore_spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """Patterns as git reads them in a .gitignore."""
    # Imported where there are patterns at all, which a small run often has none of.
    from pathspec import GitIgnoreSpec

    kept: list[str] = []
    for line in lines:
        if len(line) > _LONGEST_PATTERN:
            continue
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git passes over patterns that make no sense, and so must we
            continue
        kept.append(line)
    return GitIgnoreSpec.from_lines(kept)
