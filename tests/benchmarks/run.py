"""Times freezelint beside other commands and prints ratios: see README.md."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tests.benchmarks.timing import Command, Failed, Pair, alternate, largest_child
from tests.corpus.verdicts import Package
from tests.corpus.wheels import NotFetched, default_cache, unpacked

PACKAGES = {
    "transformers": Package("transformers", "5.23.0"),
    "timm": Package("timm", "1.0.31"),
    "lightning": Package("lightning", "2.6.6"),
}
PARSE = """
import libcst, pathlib
for path in pathlib.Path(".").rglob("*.py"):
    libcst.parse_module(path.read_bytes())
"""
READ = """
import os
for folder, _, names in os.walk("."):
    for name in names:
        open(os.path.join(folder, name), "rb").read()
"""
WARM = """
import sys
from freezelint.cli.main import main
main(["--isolated", "--cache-dir", sys.argv[1], "."])
"""
CHANGED = (
    """
import os
path = os.path.join("timm", "models", "vision_transformer.py")
open(path, "a").write("# one more line\\n")
"""
    + WARM
)
PLAIN = """import json


def load(path: str) -> dict:
    with open(path) as stream:
        return json.load(stream)
"""
FREEZING = """import torch
from torch import nn


def build(classes: int) -> nn.Module:
    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(8 * 900, classes))
    for parameter in net[0].parameters():
        parameter.requires_grad = False
    return net


def train(batches, epochs: int = 3) -> None:
    net = build(10)
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
    for _ in range(epochs):
        net.train()
        for images, labels in batches:
            loss = nn.functional.cross_entropy(net(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
"""


class Benchmark(msgspec.Struct, frozen=True):
    """freezelint and the command it is held against."""

    name: str
    subject: Command
    peer: Command


def benchmarks(cache: Path, scratch: Path) -> dict[str, Callable[[], Benchmark]]:
    """What makes each benchmark, by name; making one raises `NotFetched` where its files or its peer are missing."""
    return {
        "cold": lambda: _against_ruff("cold", _folder("transformers", cache)),
        "cold-timm": lambda: _against_ruff("cold-timm", _folder("timm", cache)),
        "parse": lambda: _versus("parse", _folder("lightning", cache), "LibCST", (sys.executable, "-c", PARSE)),
        "torchfix": lambda: _versus("torchfix", _folder("lightning", cache), "TorchFix", _torchfix()),
        "commit-plain": lambda: _versus("commit-plain", _commit(scratch, "plain", PLAIN), "python", _nothing()),
        "commit": lambda: _versus("commit", _commit(scratch, "freezing", FREEZING), "python", _nothing()),
        "warm": lambda: _cached("warm", _folder("transformers", cache), scratch, WARM),
        "one-changed": lambda: _cached("one-changed", _copied("timm", cache, scratch), scratch, CHANGED),
        "no-torch": lambda: _versus("no-torch", _without_torch(scratch), "reading", (sys.executable, "-c", READ)),
    }


def _folder(name: str, cache: Path) -> Path:
    return unpacked(PACKAGES[name], cache)


def _freezelint(folder: Path) -> Command:
    return Command("freezelint", (sys.executable, "-m", "freezelint", "--isolated", "--no-cache", "."), folder)


def _cached(name: str, folder: Path, scratch: Path, code: str) -> Benchmark:
    """A run that finds a cache, against one without."""
    made = (sys.executable, "-c", code, str(scratch / f"cache-{name}"))
    return Benchmark(name, Command("freezelint", made, folder), _freezelint(folder))


def _copied(name: str, cache: Path, scratch: Path) -> Path:
    return shutil.copytree(_folder(name, cache), scratch / name)


def _versus(name: str, folder: Path, peer: str, arguments: tuple[str, ...]) -> Benchmark:
    return Benchmark(name, _freezelint(folder), Command(peer, arguments, folder))


def _against_ruff(name: str, folder: Path) -> Benchmark:
    arguments = (sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--quiet", ".")
    return _versus(name, folder, "ruff", arguments)


def _torchfix() -> tuple[str, ...]:
    if importlib.util.find_spec("torchfix") is None:
        raise NotFetched("torchfix is not installed")
    return (sys.executable, "-m", "torchfix", "--select", "ALL", ".")


def _nothing() -> tuple[str, ...]:
    return (sys.executable, "-c", "pass")


def _commit(scratch: Path, name: str, text: str) -> Path:
    folder = scratch / name
    folder.mkdir()
    for number in range(3):
        (folder / f"file_{number}.py").write_text(text, encoding="utf-8")
    return folder


def _without_torch(scratch: Path) -> Path:
    folder = scratch / "without_torch"
    for name in ("click", "pathspec", "rich"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            shutil.copytree(Path(spec.origin).parent, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def described(benchmark: Benchmark, pair: Pair) -> str:
    """One line: the medians in seconds, and how many times as long freezelint takes."""
    peer = benchmark.peer.name
    return (
        f"{benchmark.name:14} freezelint {pair.subject.median:8.3f} s   {peer} {pair.peer.median:8.3f} s   "
        f"ratio {pair.ratio:.2f}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0, or 2 where a benchmark could not be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command (5)")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder for the wheels")
    options = parser.parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        made = benchmarks(options.cache, Path(scratch))
        unknown = [name for name in options.names if name not in made]
        if unknown:
            parser.error(f"no benchmark is called {unknown[0]}: there are {', '.join(made)}")
        for name in options.names or made:
            try:
                benchmark = made[name]()
                print(described(benchmark, alternate(benchmark.subject, benchmark.peer, options.runs)), flush=True)
            except (NotFetched, Failed) as error:
                failed = True
                print(f"{name}: {error}", file=sys.stderr)
    print(f"largest process: {largest_child():.0f} MB")
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
