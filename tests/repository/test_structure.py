"""The invariants of the design that can be read off the source: who may import whom, and how long a file may be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.repository.modules import PRODUCT, ROOT, RULES, imports, modules

# What each part may import besides itself: imports go down only.
FLOORS = {
    "core": set(),
    "api": {"core"},
    "libraries": {"core"},
    "source": {"core"},
    "report": {"core"},
    "own": {"core"},
    "registry": {"core", "own"},
    "config": {"core"},
    "discovery": {"core"},
    "analysis": {"core", "libraries", "source"},
    "fix": {"core", "source"},
    "runtime": {"core", "libraries", "registry", "source"},
    "testing": {"core", "source", "analysis", "registry", "runtime", "run", "fix"},
    "run": {
        "core", "libraries", "source", "analysis", "fix", "report", "runtime", "registry", "config", "discovery",
        "own",
    },
    "server": {"core", "source", "analysis", "run", "config", "discovery"},
    "cli": {"core", "run", "report", "server", "registry", "config", "discovery"},
    "__main__": {"cli"},
    "__init__": set(),
}  # fmt: skip

# Which packages from elsewhere may be used where.
CONFINED = {
    "torch": {"runtime"},
    "libcst": {"source", "fix"},
    "click": {"cli"},
    "rich": {"report.terminal", "report.map_terminal", "report.inspect_terminal", "cli.progress"},
    "pygls": {"server"},
    "lsprotocol": {"server"},
    "pathspec": {"discovery"},
    "watchfiles": {"run.watching"},
}

LONGEST = 500
REASON = re.compile(r"^(#|\"\"\"|) ?.*\bLong because\b", re.MULTILINE)


def part_of(name: str) -> str:
    """The part of freezelint that a module belongs to: `run` of `freezelint.run.check`."""
    return name.split(".")[1] if "." in name else "__init__"


@pytest.mark.parametrize(("name", "path"), [pytest.param(*module, id=module[0]) for module in modules(PRODUCT)])
def test_imports_go_down_only(name: str, path: Path) -> None:
    part = part_of(name)
    assert part in FLOORS, f"freezelint.{part} has no floor yet: give it one in FLOORS"
    # `from freezelint import __version__` is the package's own name and nothing below it.
    used = {part_of(target) for target in imports(name, path) if target.startswith("freezelint.")} - {"__version__"}
    assert used <= FLOORS[part] | {part}


@pytest.mark.parametrize(("package", "places"), CONFINED.items())
def test_packages_from_elsewhere_stay_where_they_belong(package: str, places: set[str]) -> None:
    for name, path in modules(PRODUCT):
        inside = name.removeprefix("freezelint.")
        if not any(inside == place or inside.startswith(place + ".") for place in places):
            assert package not in {target.split(".")[0] for target in imports(name, path)}, name


def test_the_core_needs_the_standard_library_and_msgspec_alone() -> None:
    for name, path in modules(PRODUCT / "core"):
        outside = {target.split(".")[0] for target in imports(f"freezelint.{name}", path)}
        assert outside <= sys.stdlib_module_names | {"msgspec", "freezelint"}, name


def test_analysis_and_runtime_never_meet() -> None:
    assert "runtime" not in FLOORS["analysis"]
    assert "analysis" not in FLOORS["runtime"]


def test_rules_import_the_api_alone() -> None:
    for name, path in modules(RULES):
        if name == "freezelint_rules":
            continue
        targets = imports(name, path)
        inside = {target for target in targets if target.startswith(("freezelint.", "freezelint_rules."))}
        own = ".".join(name.split(".")[:2])
        assert all(target.startswith(("freezelint.api.", own + ".")) for target in inside), name
        outside = {target.split(".")[0] for target in targets - inside}
        assert outside <= sys.stdlib_module_names | {"freezelint_rules"}, name


def test_torch_is_imported_lazily() -> None:
    """Only within functions, so that importing any part of freezelint never needs torch."""
    for name, path in modules(PRODUCT):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.match(r"(import|from) torch\b", line), name


def test_every_module_says_its_job() -> None:
    for name, path in [*modules(PRODUCT), *modules(RULES)]:
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or text.startswith('"""'), name


def test_no_file_is_long_without_a_reason() -> None:
    for top in (PRODUCT, RULES, ROOT / "tests"):
        for path in top.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if text.count("\n") > LONGEST:
                assert REASON.search(text), f"{path.relative_to(ROOT)} is longer than {LONGEST} lines: split it"
