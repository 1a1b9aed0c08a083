"""`freezelint confirm` as a user runs it: each kind of program, stopping, errors, ranks, formats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.repository.modules import ROOT

pytest.importorskip("torch")

NET = """
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16))
        self.head = nn.Linear(16, 3)
    def forward(self, x):
        return self.head(self.backbone(x))
"""
TRAIN = """
import atexit
import sys
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from net import Net

def fit(epochs):
    torch.manual_seed(0)
    net = Net()
    for p in net.backbone.parameters():
        p.require_grad = False
    net.head.requires_grad_(False)
    optimizer = torch.optim.SGD(net.backbone.parameters(), lr=0.1)
    data = DataLoader(TensorDataset(torch.randn(40, 8), torch.randint(0, 3, (40,))), batch_size=4)
    for epoch in range(epochs):
        if epoch == 2:
            net.head.requires_grad_(True)
        for x, y in data:
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x), y).backward()
            optimizer.step()
    print("weights", float(net.backbone[0].weight.sum()))
    return net

def main():
    atexit.register(print, "leaving")
    fit(int(sys.argv[1]) if len(sys.argv) > 1 else 3)

if __name__ == "__main__":
    main()
"""
MISSPELT, LATE = 13, 19


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "train.py").write_text(TRAIN)
    return tmp_path


def freezelint(project: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")]), "OMP_NUM_THREADS": "1"}
    variables |= {"PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-m", "freezelint", "confirm", "--isolated", *arguments],
        cwd=project, env=variables, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout, result.stderr


def verdicts(project: Path, *arguments: str) -> tuple[dict[tuple[str, int], dict[str, Any]], str, str]:
    """The verdicts by code and line of a run, and its streams."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    split = min(split, arguments.index("--pytest") if "--pytest" in arguments else split)
    given = [*arguments[:split], "--output-format", f"json={project / 'found.json'}", *arguments[split:]]
    code, output, errors = freezelint(project, *given)
    assert code == 1, errors
    report = json.loads((project / "found.json").read_text())
    return {(each["code"], each["line"]): each for each in report["findings"]}, output, errors


def test_a_script(project: Path) -> None:
    files = sorted(path.name for path in project.iterdir())
    found, output, errors = verdicts(project, "train.py", "--steps", "0", "--", "3")
    assert output.splitlines()[0].startswith("weights")
    assert output.splitlines()[1:] == ["leaving"]
    misspelt, late = found["FRZ102", MISSPELT], found["FRZ203", LATE]
    assert set(misspelt["verdict"]) == {"outcome", "summary", "evidence", "steps"}
    assert (misspelt["origin"], misspelt["verdict"]["outcome"]) == ("static", "confirmed")
    assert misspelt["verdict"]["evidence"]["requiring_grad"] == 4
    assert late["verdict"]["outcome"] == "confirmed"
    assert late["verdict"]["evidence"]["moved"] == 0
    assert "CONFIRMED" in errors and "30 optimizer steps" in errors
    assert sorted(path.name for path in project.iterdir()) == sorted([*files, "found.json"])


def test_what_is_cut_off_is_said_and_batches_reach_later_epochs(project: Path) -> None:
    found, output, errors = verdicts(project, "train.py", "--steps", "4")
    assert found["FRZ203", LATE]["verdict"]["outcome"] == "not-reached"
    assert output == "leaving\n"
    assert "stopped after 4 optimizer steps" in errors
    found, output, errors = verdicts(project, "train.py", "--batches", "2")
    assert found["FRZ203", LATE]["verdict"]["outcome"] == "confirmed"
    assert "6 optimizer steps" in errors


def test_hard_stops_leave_no_time_for_exit_handlers(project: Path) -> None:
    _, output, errors = verdicts(project, "train.py", "--steps", "2", "--hard")
    assert output == ""
    assert "--hard" in errors


@pytest.mark.parametrize(
    "target", [("-m", "train"), ("train:main",), ("cells.ipynb",)], ids=["module", "function", "notebook"]
)
def test_other_kinds_of_programs(project: Path, target: tuple[str, ...]) -> None:
    cell = {"cell_type": "code", "source": ["%matplotlib inline\n", "from train import fit\n", "fit(1)"]}
    (project / "cells.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}))
    found, _, _ = verdicts(project, *target, "--steps", "3")
    assert found["FRZ102", MISSPELT]["verdict"]["outcome"] == "confirmed"
    assert found["FRZ102", MISSPELT]["verdict"]["steps"] == 3


def test_findings_in_cells_get_verdicts(project: Path) -> None:
    sources = [
        "%matplotlib inline\nfrom torch import nn\nimport torch",
        "files = !ls\nmodel = nn.Linear(2, 2)\n%time model.requires_grad = False",
        "opt = torch.optim.SGD(model.parameters(), 0.1)\nfor _ in range(3):\n    opt.zero_grad()\n"
        "    model(torch.randn(3, 2)).sum().backward()\n    opt.step()",
    ]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    (project / "n.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))
    found, _, _ = verdicts(project, "n.ipynb")
    finding = found["FRZ101", 3]
    assert (finding["path"], finding["cell"], finding["verdict"]["outcome"]) == ("n.ipynb", 2, "confirmed")


def test_under_pytest(project: Path) -> None:
    (project / "test_it.py").write_text(
        "from train import fit\n\ndef test_fit():\n    assert fit(1)\n\ndef test_flags():\n"
        "    from net import Net\n    net = Net()\n    net.backbone.requires_grad = False\n    assert net\n"
    )
    found, output, _ = verdicts(project, "--pytest", "-q", "-p", "no:cacheprovider", "test_it.py")
    assert "2 passed" in output
    assert found["FRZ102", MISSPELT]["verdict"]["outcome"] == "confirmed"
    assert found["FRZ101", 9]["verdict"]["outcome"] == "confirmed"


def test_the_users_error_is_theirs_and_verdicts_stay(project: Path) -> None:
    text = TRAIN.replace('print("weights"', 'raise KeyError("mine")\n    print("weights"')
    (project / "train.py").write_text(text)
    found, output, errors = verdicts(project, "train.py", "--steps", "0")
    assert output == "leaving\n"
    assert 'raise KeyError("mine")' in errors
    assert "freezelint" not in errors.partition("Traceback")[2].partition("KeyError: 'mine'")[0]
    assert "the program failed (KeyError: 'mine')" in errors
    assert found["FRZ203", LATE]["verdict"]["outcome"] == "confirmed"


def test_timeout(project: Path) -> None:
    (project / "train.py").write_text(
        TRAIN.replace('print("weights"', 'import time; time.sleep(600)\n    print("weights"')
    )
    found, _, errors = verdicts(project, "train.py", "--steps", "0", "--timeout", "20")
    assert "--timeout" in errors
    assert found["FRZ102", MISSPELT]["verdict"]["outcome"] == "confirmed"


def test_a_clean_program_and_a_missing_one(project: Path) -> None:
    clean = TRAIN.replace("require_grad = False", "requires_grad = True").replace(
        "head.requires_grad_(True)", "train()"
    )
    (project / "train.py").write_text(clean)
    code, _, errors = freezelint(project, "train.py", "--steps", "2")
    assert code == 0, errors
    assert freezelint(project, "nothing.py")[0] == 2
    assert freezelint(project, "-m", "no_such_module")[0] == 2


def test_only_confirmed(project: Path) -> None:
    clean = TRAIN.replace("require_grad = False", "requires_grad = True")
    (project / "train.py").write_text(clean)
    arguments = ("train.py", "--steps", "2")
    assert freezelint(project, *arguments)[0] == 1
    assert freezelint(project, "--only-confirmed", *arguments)[0] == 0


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_ranks_report_into_one_result(project: Path, method: str) -> None:
    (project / "ranks.py").write_text(
        "import os, sys, tempfile\nimport torch\nimport torch.multiprocessing as mp\nfrom net import Net\n\n"
        "def work(rank, folder):\n"
        "    meet = f'file://{folder}/meet'\n"
        "    torch.distributed.init_process_group('gloo', init_method=meet, rank=rank, world_size=2)\n"
        "    net = Net()\n"
        "    net.backbone.requires_grad = False\n"
        "    model = torch.nn.parallel.DistributedDataParallel(net)\n"
        "    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
        "    for _ in range(3):\n"
        "        optimizer.zero_grad()\n"
        "        model(torch.randn(4, 8)).sum().backward()\n"
        "        optimizer.step()\n"
        "    torch.distributed.destroy_process_group()\n\n"
        "if __name__ == '__main__':\n"
        "    with tempfile.TemporaryDirectory() as folder:\n"
        "        mp.start_processes(work, args=(folder,), nprocs=2, start_method=sys.argv[1])\n"
    )
    found, _, _ = verdicts(project, "ranks.py", "--", method)
    assert found["FRZ101", 10]["verdict"]["outcome"] == "confirmed"
    assert found["FRZ101", 10]["verdict"]["steps"] == 3


SAME = """
import hashlib, torch
from torch import nn

torch.manual_seed(5)
net = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Dropout(0.3), nn.Linear(8, 2))
for p in net[0].parameters():
    p.require_grad = False
net[1].requires_grad_(False)
optimizer = torch.optim.AdamW([{"params": net[0].parameters(), "lr": 0.0}, {"params": net[3].parameters()}], lr=0.01)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=9)
for step in range(8):
    loss = net(torch.randn(5, 6)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    net[3].weight.grad[0] = 0
    optimizer.step()
    scheduler.step()
    print(step, loss.item().hex())
for name, tensor in net.state_dict().items():
    print(name, hashlib.sha256(tensor.numpy().tobytes()).hexdigest())
print(torch.rand(1).item().hex())
"""


def test_a_condition_on_names_that_only_the_run_knows(project: Path) -> None:
    text = TRAIN.replace("net = Net()", "net = eval('Net()')").replace(
        "for p in net.backbone.parameters():", "if True:"
    )
    text = text.replace(
        "        p.require_grad = False",
        "        for name, p in net.named_parameters():\n            if name.startswith('bakcbone'):"
        "\n                p.requires_grad = False",
    )
    (project / "train.py").write_text(text)
    status, _, told = freezelint(project, "train.py", "--output-format", "json=found.json")
    assert status == 1, told
    found = [each for each in json.loads((project / "found.json").read_text())["findings"] if each["code"] == "FRZ111"]
    assert [(each["origin"], each["verdict"]["outcome"]) for each in found] == [("run", "confirmed")]
    assert found[0]["verdict"]["evidence"] == {"names": 6, "matched": 0}
    assert found[0]["line"] == 1 + text[: text.index("if name.startswith")].count("\n")


def test_a_confirmed_run_computes_the_same_to_the_bit(project: Path) -> None:
    """Losses, weights, buffers and the state of the random numbers, with findings of many kinds under watch."""
    (project / "same.py").write_text(SAME)
    plain = subprocess.run(
        [sys.executable, "same.py"], cwd=project, capture_output=True, text=True, check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ).stdout  # fmt: skip
    found, output, _ = verdicts(project, "same.py", "--steps", "0")
    assert output == plain
    assert {code for code, _ in found} >= {"FRZ102", "FRZ210", "FRZ301"}
    assert all(each["verdict"]["outcome"] == "confirmed" for each in found.values()), found


def test_torchrun(project: Path) -> None:
    """Both workers that the launcher starts are watched."""
    (project / "ranks.py").write_text(
        "import torch\nfrom net import Net\n\n"
        "torch.distributed.init_process_group('gloo')\n"
        "net = Net()\n"
        "net.backbone.requires_grad = False\n"
        "model = torch.nn.parallel.DistributedDataParallel(net)\n"
        "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
        "for _ in range(3):\n"
        "    optimizer.zero_grad()\n"
        "    model(torch.randn(4, 8)).sum().backward()\n"
        "    optimizer.step()\n"
        "torch.distributed.destroy_process_group()\n"
    )
    found, _, errors = verdicts(
        project, "-m", "torch.distributed.run", "--", "--standalone", "--nproc-per-node=2", "ranks.py"
    )
    assert found["FRZ101", 6]["verdict"]["outcome"] == "confirmed", errors
    assert found["FRZ101", 6]["verdict"]["steps"] == 3


@pytest.mark.parametrize(("name", "mark"), [("sarif", "confirmed"), ("markdown", "confirmed"), ("html", "confirmed")])
def test_other_formats_carry_the_verdicts(project: Path, name: str, mark: str) -> None:
    file = project / "found.out"
    freezelint(project, "train.py", "--steps", "2", "--output-format", f"{name}={file}")
    assert mark in file.read_text()
