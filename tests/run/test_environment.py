"""Which torch a project runs with: what settings and lists of dependencies say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.config import Settings
from freezelint.core.environment import Environment
from freezelint.run.check import check
from freezelint.run.environment import environment_of
from freezelint.run.selection import chosen_rules
from freezelint_rules import RULES

OLD = "torch below 2.0"
NEW = "torch 2.0 or later"


def said(folder: Path, **settings: str) -> str:
    environment = environment_of(Settings(root=str(folder), **settings))
    return NEW if environment.zero_grad_clears else OLD


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("torch", NEW),
        ("torch>=1.10", NEW),
        ("torch>=1.10,<2.0", OLD),
        ("torch<2", OLD),
        ("torch<2.0.0", OLD),
        ("torch <= 1.13.1", OLD),
        ("torch<2.1", NEW),
        ("torch<=2.0", NEW),
        ("torch==1.13.1", OLD),
        ("torch==1.13.1+cu117", OLD),
        ("torch==1.13.*", OLD),
        ("torch==2.0.1", NEW),
        ("torch~=1.12", OLD),
        ("torch~=1.12.1", OLD),
        ("torch~=2.0", NEW),
        ("torch[opt-einsum]<2", OLD),
        ("torch (<2.0)", OLD),
        ("torch!=1.12", NEW),
        ("torch<2; python_version<'3.8'", NEW),
        ("torch @ https://example.org/torch-1.13.whl", NEW),
        ("torchvision<0.15", NEW),
        ("torch-geometric==1.7", NEW),
    ],
)
@pytest.mark.parametrize("place", ["pyproject", "requirements", "setup.cfg"])
def test_requirement(tmp_path: Path, requirement: str, expected: str, place: str) -> None:
    if place == "pyproject":
        (tmp_path / "pyproject.toml").write_text(f'[project]\ndependencies = ["numpy", "{requirement}"]\n')
    elif place == "requirements":
        (tmp_path / "requirements.txt").write_text(f"numpy\n# torch<1\n{requirement}\n")
    else:
        (tmp_path / "setup.cfg").write_text(f"[options]\ninstall_requires =\n    numpy\n    {requirement}\n")
    assert said(tmp_path) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [('"^1.13"', OLD), ('"^2.0"', NEW), ('"~1.13"', OLD), ('"1.13.*"', OLD), ('"*"', NEW),
     ('{version = "^1.9", extras = ["x"]}', OLD), ('{version = "<2", markers = "os_name"}', NEW)],
)  # fmt: skip
def test_poetry(tmp_path: Path, version: str, expected: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.poetry.dependencies]\ntorch = {version}\n")
    assert said(tmp_path) == expected


def test_no_lists(tmp_path: Path) -> None:
    assert said(tmp_path) == NEW
    assert said(tmp_path / "missing") == NEW


def test_the_setting_decides(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("torch==1.13.1\n")
    assert said(tmp_path, torch_version="2.1") == NEW
    (tmp_path / "requirements.txt").write_text("torch==2.1\n")
    assert said(tmp_path, torch_version="1.13") == OLD
    assert said(tmp_path, torch_version="2.0") == NEW


def test_a_pin_beside_an_open_dependency(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["torch>=1.7"]\n')
    (tmp_path / "requirements.txt").write_text("torch==1.13.1\n")
    assert said(tmp_path) == OLD


def test_files_for_several_releases_leave_it_open(tmp_path: Path) -> None:
    (tmp_path / "requirements-old.txt").write_text("torch==1.13.1\n")
    assert said(tmp_path) == OLD
    (tmp_path / "requirements-new.txt").write_text("torch==2.4\n")
    assert said(tmp_path) == NEW


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.cfg", "requirements.txt"])
def test_broken_files_say_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"[[\x00\xff torch<2")
    assert said(tmp_path) == NEW


def test_environment_alone() -> None:
    assert Environment().zero_grad_clears
    assert not Environment(torch_below=(2, 0, 0)).zero_grad_clears
    assert Environment(torch_below=(2, 0, 1)).zero_grad_clears


_PROGRAM = """
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 1))
optimizer = torch.optim.Adam(model.parameters())
for epoch in range(4):
    if epoch == 2:
        model[0].requires_grad_(False)
    optimizer.zero_grad()
    model(torch.randn(2, 4)).mean().backward()
    optimizer.step()
"""


def test_the_check_goes_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "train.py").write_text(_PROGRAM)
    monkeypatch.chdir(tmp_path)
    rules = chosen_rules(RULES, Settings(root=""))

    def found() -> list[str]:
        report = check(["train.py"], Settings(root=str(tmp_path)), load=lambda: rules)
        return [finding.code for finding in report.findings]

    assert found() == []
    (tmp_path / "requirements.txt").write_text("torch>=1.10,<2.0\n")
    assert found() == ["FRZ202"]
