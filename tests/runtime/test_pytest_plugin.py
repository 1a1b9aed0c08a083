"""The plugin for pytest, in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.modules import ROOT

pytest.importorskip("torch")

TESTS = """
import torch
from torch import nn

def build():
    model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    model[:2].requires_grad_(False)
    return model, torch.optim.SGD(model[2].parameters(), lr=0.1)

def train(model, optimizer, *, careful):
    for _ in range(2):
        model.train()
        if careful:
            model[:2].eval()
        optimizer.zero_grad()
        model(torch.randn(6, 4)).sum().backward()
        optimizer.step()

def test_careless():
    train(*build(), careful=False)

def test_careful():
    train(*build(), careful=True)

def test_frozen(assert_frozen):
    model, optimizer = build()
    assert_frozen(model[:2])
    train(model, optimizer, careful=True)

def test_not_frozen(assert_frozen):
    model, optimizer = build()
    with assert_frozen(model[1]):
        train(model, optimizer, careful=False)
"""


def outcomes(folder: Path, *arguments: str) -> tuple[dict[str, str], str]:
    """What became of each test, and the output."""
    (folder / "test_it.py").write_text(TESTS)
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])}
    words = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*words, *arguments, "test_it.py"], cwd=folder, env=variables, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    lines = [line.split() for line in result.stdout.splitlines() if "::" in line and not line.startswith("FAILED")]
    return {words[0].partition("::")[2]: words[1] for words in lines if len(words) > 1}, result.stdout


def test_tests_that_show_mistakes_fail(tmp_path: Path) -> None:
    found, output = outcomes(tmp_path, "--freezelint-confirm")
    assert found["test_careless"] == "FAILED"
    assert found["test_careful"] == found["test_frozen"] == "PASSED"
    assert "FRZ301" in output and "CONFIRMED" in output


def test_only_the_fixture_where_nothing_is_asked_for(tmp_path: Path) -> None:
    found, output = outcomes(tmp_path)
    assert found == {
        "test_careless": "PASSED", "test_careful": "PASSED", "test_frozen": "PASSED", "test_not_frozen": "FAILED",
    }  # fmt: skip
    assert "ran in train mode" in output
