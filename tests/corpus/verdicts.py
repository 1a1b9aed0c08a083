"""The data of the corpus: which packages, and what was judged of each finding in them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
PACKAGES = HERE / "packages.toml"
FINDINGS = HERE / "findings.jsonl"


class Judgement(Enum):
    """TRUE: a maintainer would agree with the message, even where the mistake harms nobody yet."""

    TRUE = "true"
    FALSE = "false"
    UNREAD = "unread"


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A package at one version."""

    name: str
    version: str
    short: bool = False

    @property
    def label(self) -> str:
        """The name of its folder."""
        return f"{self.name}-{self.version}"


class Key(msgspec.Struct, frozen=True, order=True):
    """What a verdict is recorded by. `path` is relative to the unpacked wheel."""

    package: str
    path: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.package}: {self.path}:{self.line}: {self.code}"


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of findings.jsonl."""

    package: str
    version: str
    path: str
    line: int
    code: str
    verdict: Judgement
    why: str

    @property
    def key(self) -> Key:
        """What it is recorded by."""
        return Key(package=self.package, path=self.path, line=self.line, code=self.code)


class _Packages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    package: tuple[Package, ...]


def read_packages(file: Path = PACKAGES) -> tuple[Package, ...]:
    """The packages of the corpus."""
    return msgspec.toml.decode(file.read_bytes(), type=_Packages).package


def read_verdicts(file: Path = FINDINGS) -> tuple[Verdict, ...]:
    """All that was judged."""
    return tuple(msgspec.json.Decoder(Verdict).decode_lines(file.read_bytes()))


def write_verdicts(verdicts: Iterable[Verdict], file: Path = FINDINGS) -> None:
    """Write the verdicts in order, one in a line."""
    ordered = sorted(verdicts, key=lambda each: each.key)
    file.write_bytes(b"".join(msgspec.json.format(msgspec.json.encode(each), indent=0) + b"\n" for each in ordered))
