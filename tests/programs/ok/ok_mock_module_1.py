# label: ok
# category: mocks-in-tests
# rule: FRZ101, FRZ105, FRZ106
# truth: clean; inner.* move; the mock only records what is set on it
"""Unit test of a train loop, with a mock in place of the frozen tower."""
from unittest import mock

import torch
from torch import nn


class Learner(nn.Module):
    def __init__(self, tower):
        super().__init__()
        self._tower = [tower]  # kept out of the registry: a frozen service
        self.inner = nn.Linear(4, 2)

    def forward(self, x):
        return self.inner(self._tower[0](x))


def fit(learner, steps=3):
    optimizer = torch.optim.SGD(learner.inner.parameters(), lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        learner(torch.randn(5, 4)).pow(2).sum().backward()
        optimizer.step()


def test_fit_leaves_the_tower_alone():
    tower = mock.Mock(side_effect=lambda x: x * 2)
    tower.requires_grad = False
    tower.eval = mock.Mock(return_value=tower)
    fit(Learner(tower))
    assert tower.requires_grad is False
    tower.eval.assert_not_called()


if __name__ == "__main__":
    test_fit_leaves_the_tower_alone()
