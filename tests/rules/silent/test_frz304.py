"""What FRZ304 is silent on."""

from __future__ import annotations

from tests.rules.silent.programs import codes

_OWN_EVAL = """
    from torch import nn

    class Engine(nn.Module):
        def __init__(self, nets):
            super().__init__()
            self.nets = nn.ModuleList(nets)

        def train({parameters}):
            for net in self.nets:
                net.train()
            {train}

        {eval}
    """
_EVAL = """def eval(self):
            for net in self.nets:
                net.eval()
            return self"""


def program(*, train: str, parameters: str = "self", eval: str = _EVAL) -> str:
    return _OWN_EVAL.format(train=train, parameters=parameters, eval=eval)


def test_silent_on_a_train_without_mode_beside_an_eval_of_its_own() -> None:
    assert codes(program(train="return self")) == []


def test_without_its_own_eval_the_mode_is_missing() -> None:
    assert codes(program(train="return self", eval="")) == [("FRZ304", 9)]


def test_an_own_eval_does_not_excuse_a_train_that_returns_nothing() -> None:
    assert codes(program(train="pass")) == [("FRZ304", 9)]
