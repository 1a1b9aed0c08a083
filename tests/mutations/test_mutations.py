"""A sample of planted mistakes: what changes a program is found, and the untouched programs are left alone."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mutations.hosts import hosts
from tests.mutations.judging import chosen, found_in, judged, table
from tests.mutations.plants import PLANTERS, plants
from tests.programs.programs import default_rules

HOST = """
import torch
from torch import nn

body, head = nn.Linear(2, 2), nn.Linear(2, 2)
body.requires_grad_(False)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    loss = head(body(torch.ones(1, 2))).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""


def test_there_are_many_places() -> None:
    counted = Counter(plant.kind for name, text in hosts().items() for plant in plants(name, text))
    assert set(counted) == {kind for kind, _, _ in PLANTERS}
    assert sum(counted.values()) > 1000
    assert len(hosts()) > 100


def test_a_plant_is_one_small_edit() -> None:
    made = {plant.kind: plant for plant in plants("host", HOST)}
    before = HOST.splitlines()
    after = made["attribute of the module"].text.splitlines()
    assert [line for line in after if line not in before] == ["body.requires_grad = False"]
    assert after[made["attribute of the module"].line - 1] == "body.requires_grad = False"
    assert "misspelled flag" not in made


def test_only_what_changes_the_program_is_real() -> None:
    pytest.importorskip("torch")
    one = next(plant for plant in plants("host", HOST) if plant.kind == "attribute of the module")
    harmless = type(one)(one.kind, one.codes, "host", 1, HOST.replace("lr=0.1", "lr=1e-1"))
    broken = type(one)(one.kind, one.codes, "host", 1, HOST.replace("head.parameters", "tail.parameters"))
    verdicts = list(judged({"host": HOST}, [one, harmless, broken], run=True))
    assert [each.real for each in verdicts] == [True, False, False]
    assert [each.hit for each in verdicts] == [True, False, False]


def test_most_of_what_changes_a_program_is_found() -> None:
    pytest.importorskip("torch")
    programs = hosts()
    verdicts = list(judged(programs, chosen(programs, 4), run=True))
    shown = "\n".join(table(verdicts))
    installed = [each for each in verdicts if each.real and each.plant.codes & default_rules()]
    assert len(installed) > 60, shown
    assert sum(each.hit for each in installed) > 0.85 * len(installed), shown
    for name in {each.plant.host for each in verdicts}:
        assert not found_in(programs[name]) & default_rules(), name
