"""The fix of each rule mends its bad.py: the rule is silent then, and a run shows that the mistake is gone."""

from __future__ import annotations

import ast
import runpy
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Safety
from freezelint.core.rules import Rule
from freezelint.run.check import check
from freezelint.run.fixing import Mended, mend, write
from freezelint.testing import examples
from freezelint_rules import RULES

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"


def bad_program(rule: Rule) -> Path:
    folder = FOLDERS / f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    return next(path for kind, path in examples(folder) if kind == "bad")


@cache
def offers_recipes(rule_code: str) -> bool:
    from freezelint.testing import check_program

    rule = next(rule for rule in RULES if rule.code == rule_code)
    findings = check_program(bad_program(rule), RULES)
    return any(each.code == rule.code and each.fix is not None and each.fix.recipes for each in findings)


MENDED_RULES = [rule for rule in RULES if rule.fix is not None and offers_recipes(rule.code)]
_CASES = [pytest.param(rule, id=rule.code) for rule in MENDED_RULES]


def mended(rule: Rule, folder: Path) -> tuple[Path, Mended]:
    """A copy of bad.py on which the fixes of the rule alone were applied, and what was done."""
    source = bad_program(rule)
    if source.is_dir():
        shutil.copytree(source, folder, dirs_exist_ok=True)
    else:
        shutil.copy(source, folder)
    result = mend([str(folder)], Settings(root=str(folder), select=(rule.code,)), unsafe=True)
    assert write(result.changes) == ()
    return folder / source.name if not source.is_dir() else folder / "main.py", result


@pytest.mark.parametrize("rule", _CASES)
def test_mended_program_is_silent(rule: Rule, tmp_path: Path) -> None:
    _, result = mended(rule, tmp_path)
    assert result.changes and result.findings
    assert not [each for each in result.report.findings if each.fix is not None] and result.report.problems == ()


@pytest.mark.parametrize("rule", _CASES)
def test_a_second_time_changes_nothing(rule: Rule, tmp_path: Path) -> None:
    mended(rule, tmp_path)
    again = mend([str(tmp_path)], Settings(root=str(tmp_path), select=(rule.code,)), unsafe=True)
    assert again.changes == () and again.findings == ()


@pytest.mark.parametrize("rule", _CASES)
def test_only_what_is_meant_changes(rule: Rule, tmp_path: Path) -> None:
    """The comments stay, in their order, and so does every line that no edit touches."""
    _, result = mended(rule, tmp_path)
    for change in result.changes:
        before, after = change.before.decode().split("\n"), change.after.decode().split("\n")
        comments = [line.partition("# ")[2] for line in before]
        kept = [line.partition("# ")[2] for line in after]
        assert sorted(filter(None, comments)) == sorted(filter(None, kept))
        ast.parse(change.after)
        changed = [line for line in before if line not in after]
        assert len(changed) <= 2 * len(result.findings) + 2


@pytest.mark.parametrize("rule", _CASES)
def test_nothing_else_is_found_then(rule: Rule, tmp_path: Path) -> None:
    """With all rules on: their fixes leave only what no fix is offered for, and that was found before."""
    program, everything = bad_program(rule), tuple(each.code for each in RULES)
    copy = Path(shutil.copytree(program, tmp_path / "x") if program.is_dir() else shutil.copy(program, tmp_path))
    settings = Settings(root=str(tmp_path), select=everything)
    before = {(each.code, each.message) for each in check([str(copy)], settings).findings}
    result = mend([str(copy)], settings, unsafe=True)
    assert write(result.changes) == ()
    assert {(each.code, each.message) for each in result.report.findings if each.fix is None} <= before
    assert [each for each in result.report.findings if each.fix is not None] == []
    assert mend([str(copy)], settings, unsafe=True).changes == ()


@pytest.mark.parametrize("rule", _CASES)
def test_safe_fixes_alone(rule: Rule, tmp_path: Path) -> None:
    program = shutil.copy(bad_program(rule), tmp_path)
    result = mend([str(program)], Settings(root=str(tmp_path), select=(rule.code,)), unsafe=False)
    assert all(finding.fix is not None and finding.fix.safety is Safety.SAFE for finding in result.findings)
    assert rule.fix is not Safety.SAFE or result.findings


# --- what a run of the mended program shows ----------------------------------------------------------------------


def flags(module: Any) -> set[bool]:
    return {parameter.requires_grad for parameter in module.parameters()}


def backbone_alone_is_frozen(made: dict[str, Any]) -> bool:
    return flags(made["model"].backbone) == {False} and flags(made["model"].head) == {True}


def holds(made: dict[str, Any]) -> set[int]:
    return {id(parameter) for group in made["optimizer"].param_groups for parameter in group["params"]}


def held(made: dict[str, Any]) -> set[int]:
    return {id(parameter) for parameter in made["model"].backbone.parameters()} & holds(made)


def features_repeat(made: dict[str, Any]) -> bool:
    import torch

    inputs = torch.randn(4, 8)
    return bool(torch.equal(made["model"].backbone(inputs), made["model"].backbone(inputs)))


def features_repeat_alone(made: dict[str, Any]) -> bool:
    """Whether the features of a sample do not depend on what else is in its batch."""
    import torch

    inputs = torch.randn(4, 8) + 2
    backbone = made["model"].backbone
    return bool(torch.allclose(backbone(inputs)[:2], backbone(inputs[:2])))


def gradients(module: Any) -> set[bool]:
    return {parameter.grad is not None for parameter in module.parameters()}


CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    **dict.fromkeys(
        [
            "FRZ101",
            "FRZ102",
            "FRZ103",
            "FRZ104",
            "FRZ105",
            "FRZ106",
            "FRZ107",
            "FRZ108",
            "FRZ109",
            "FRZ110",
            "FRZ112",
            "FRZ117",
        ],
        backbone_alone_is_frozen,
    ),
    "FRZ116": backbone_alone_is_frozen,
    "FRZ118": lambda made: not made["args"].freeze_first and flags(made["model"].backbone[0]) == {True},
    "FRZ119": lambda made: len(list(made["model"].parameters())) == 6,
    "FRZ122": lambda made: flags(made["model"].embedding) == {True},
    "FRZ201": lambda made: not held(made) and flags(made["model"].head) == {True},
    "FRZ202": lambda made: all(
        bool((then == now).all()) for then, now in zip(made["frozen"], made["model"].backbone.parameters(), strict=True)
    ),
    "FRZ203": lambda made: len(held(made)) == 2,
    "FRZ205": lambda made: len(holds(made)) == 2,
    "FRZ211": lambda made: gradients(made["model"].backbone) == {False} and gradients(made["model"].head) == {True},
    "FRZ301": lambda made: int(made["model"].backbone[1].num_batches_tracked) == 0,
    "FRZ302": lambda made: int(made["model"].backbone[1].num_batches_tracked) == 0,
    "FRZ303": features_repeat,
    "FRZ304": lambda made: not made["model"].backbone.training and made["model"].head.train() is made["model"].head,
    "FRZ305": lambda made: made["modes"] == [True, True, True],
    "FRZ306": lambda made: int(made["model"].backbone[1].num_batches_tracked) == 0,
    "FRZ308": features_repeat_alone,
    "FRZ402": lambda made: backbone_alone_is_frozen(made) and not held(made),
    "FRZ403": lambda made: not made["scores"].requires_grad,
    "FRZ405": lambda made: gradients(made["model"]) == {True},
    "FRZ406": lambda made: gradients(made["body"]) == {True},
    "FRZ502": lambda made: not made["error"],
    "FRZ503": lambda made: (
        [made["model"].backbone[0].lora_A.requires_grad, made["model"].head.weight.requires_grad] == [True, True]
    ),
}


@pytest.mark.parametrize("rule", _CASES)
def test_mended_program_runs_without_the_mistake(rule: Rule, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    assert rule.code in CHECKS, "say here what is true of the mended program"
    program, _ = mended(rule, tmp_path)
    torch.manual_seed(0)
    assert CHECKS[rule.code](runpy.run_path(str(program)))
    torch.manual_seed(0)
    # A check that the bad program passes as well would show nothing.
    original = runpy.run_path(str(bad_program(rule)))
    try:
        passed = CHECKS[rule.code](original)
    except KeyError:
        passed = False
    assert not passed


def test_the_catalogue_is_mended() -> None:
    """Every rule that promises a fix has one, and a check of what a run of the mended program shows."""
    promised = {rule.code for rule in RULES if rule.fix in (Safety.SAFE, Safety.UNSAFE)}
    assert {rule.code for rule in MENDED_RULES} == set(CHECKS) == promised
