"""Gets the wheels of the corpus and unpacks them; what is in the cache already is not downloaded again."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.corpus.verdicts import Package


class NotFetched(Exception):
    """A wheel that could not be had, with the reason."""


def default_cache() -> Path:
    """The folder for wheels where none is named: outside the repository."""
    return Path(tempfile.gettempdir()) / "freezelint-corpus"


def unpacked(package: Package, cache: Path) -> Path:
    """The folder of the unpacked wheel."""
    folder = cache / "unpacked" / package.label
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Unpacked beside its place first, so that a broken run leaves no half of a package there.
    partial = Path(tempfile.mkdtemp(prefix=f".{package.label}-", dir=folder.parent))
    try:
        with zipfile.ZipFile(_wheel(package, cache)) as archive:
            archive.extractall(partial)
        partial.rename(folder)
    except (OSError, zipfile.BadZipFile) as error:
        raise NotFetched(f"{package.label} cannot be unpacked: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _wheel(package: Package, cache: Path) -> Path:
    folder = cache / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    wheel = _in_cache(package, folder)
    if wheel is None:
        _download(package, folder)
        wheel = _in_cache(package, folder)
    if wheel is None:
        raise NotFetched(f"there is no wheel of {package.label} in what was downloaded")
    return wheel


def _in_cache(package: Package, folder: Path) -> Path | None:
    # In the file name of a wheel dashes and dots of the name are underscores.
    name = package.name.replace("-", "_").replace(".", "_")
    return next(iter(sorted(folder.glob(f"{name}-{package.version}-*.whl"))), None)


def _download(package: Package, folder: Path) -> None:
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"),
        *("--dest", str(folder), f"{package.name}=={package.version}"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["pip says nothing of why"])[-1]
        raise NotFetched(f"{package.label} cannot be downloaded: {reason}")
