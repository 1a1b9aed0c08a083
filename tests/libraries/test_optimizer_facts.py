"""What is said of torch's optimizers and schedulers is what those of the installed torch do."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from freezelint.core.truth import Truth
from freezelint.libraries.names import is_optimizer, is_scheduler
from freezelint.libraries.optimizers import OptimizerFact, optimizer_fact
from freezelint.libraries.schedulers import LAMBDA_SCHEDULES, SchedulerFact, scheduler_fact

torch = pytest.importorskip("torch")
from torch.optim import lr_scheduler  # noqa: E402
from torch.optim.swa_utils import SWALR  # noqa: E402

OPTIMIZERS = sorted(
    name
    for name, cls in vars(torch.optim).items()
    if inspect.isclass(cls) and issubclass(cls, torch.optim.Optimizer) and name not in ("Optimizer", "SparseAdam")
)
# ASGD moves by about 1e-5 a step whatever the gradient: that is taken for nothing.
STILL = 2e-4


def fact_of(name: str) -> OptimizerFact:
    fact = optimizer_fact(f"torch.optim.{name}")
    assert fact is not None, f"no fact for {name}"
    return fact


def movement(name: str, *, history: bool, gone: bool = False, **options: float) -> float:
    """How far three steps move a weight whose gradient is zero, or None."""
    torch.manual_seed(0)
    weight = torch.nn.Parameter(torch.randn(4, 4))
    optimizer = getattr(torch.optim, name)([weight], lr=0.1, **options)

    def step() -> None:
        optimizer.step(lambda: torch.tensor(1.0))

    for _ in range(3 if history else 0):
        weight.grad = torch.randn(4, 4)
        step()
    before = weight.detach().clone()
    for _ in range(3):
        weight.grad = None if gone else torch.zeros(4, 4)
        step()
    return float((weight - before).abs().max())


def takes(name: str, option: str) -> bool:
    return option in inspect.signature(getattr(torch.optim, name)).parameters


def plain(name: str) -> dict[str, float]:
    return {option: 0.0 for option in ("weight_decay", "momentum") if takes(name, option)}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_parameters_and_defaults(name: str) -> None:
    fact = fact_of(name)
    parameters = list(inspect.signature(getattr(torch.optim, name)).parameters.values())[1:]
    positional = [each for each in parameters if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert list(fact.positions) == [each.name for each in positional][: len(fact.positions)]
    defaults = {each.name: each.default for each in parameters if each.name in ("weight_decay", "momentum")}
    assert dict(fact.defaults) == defaults
    assert is_optimizer(f"torch.optim.{name}")


@pytest.mark.parametrize("name", [each for each in OPTIMIZERS if each != "LBFGS"])
def test_traits(name: str) -> None:
    traits = fact_of(name).traits
    options = plain(name)
    assert movement(name, history=False, **options) < STILL
    assert movement(name, history=True, gone=True, **options) == 0
    assert traits.flat is Truth.NO
    if takes(name, "weight_decay"):
        decayed = movement(name, history=False, **{**options, "weight_decay": 0.5})
        assert (decayed > STILL) is (traits.decays is Truth.YES)
    else:
        assert traits.decays is Truth.NO
    without = movement(name, history=True, **options) > STILL
    assert without is (traits.history == "always")
    if traits.history == "momentum":
        assert movement(name, history=True, **{**options, "momentum": 0.9}) > STILL


def test_lbfgs_is_one_vector() -> None:
    torch.manual_seed(0)
    first, second = torch.nn.Linear(4, 4), torch.nn.Linear(4, 1)
    inputs = torch.randn(8, 4)
    optimizer = torch.optim.LBFGS([*first.parameters(), *second.parameters()], lr=0.1, max_iter=3)

    def closure() -> Any:
        optimizer.zero_grad()
        loss = second(first(inputs).tanh()).pow(2).mean()
        loss.backward()
        return loss

    optimizer.step(closure)
    first.requires_grad_(False)
    before = first.weight.clone()
    optimizer.step(closure)
    assert first.weight.grad is None
    assert not torch.equal(before, first.weight)
    assert fact_of("LBFGS").traits.flat is Truth.YES


# --- schedulers ------------------------------------------------------------------------------------------------------


SCHEDULERS: dict[str, Callable[..., Any]] = {
    "LambdaLR": lambda o: lr_scheduler.LambdaLR(o, lambda epoch: 0.9**epoch),
    "MultiplicativeLR": lambda o: lr_scheduler.MultiplicativeLR(o, lambda epoch: 0.9),
    "StepLR": lambda o: lr_scheduler.StepLR(o, 1),
    "MultiStepLR": lambda o: lr_scheduler.MultiStepLR(o, [1, 3]),
    "ConstantLR": lambda o: lr_scheduler.ConstantLR(o),
    "LinearLR": lambda o: lr_scheduler.LinearLR(o),
    "ExponentialLR": lambda o: lr_scheduler.ExponentialLR(o, 0.9),
    "PolynomialLR": lambda o: lr_scheduler.PolynomialLR(o),
    "CosineAnnealingLR": lambda o, **more: lr_scheduler.CosineAnnealingLR(o, 10, **more),
    "CosineAnnealingWarmRestarts": lambda o, **more: lr_scheduler.CosineAnnealingWarmRestarts(o, 5, **more),
    "CyclicLR": lambda o, max_lr=0.1: lr_scheduler.CyclicLR(o, 0.0, max_lr, cycle_momentum=False),
    "OneCycleLR": lambda o, max_lr=0.1: lr_scheduler.OneCycleLR(o, max_lr, total_steps=40),
    "SWALR": lambda o, swa_lr=0.1: SWALR(o, swa_lr),
    "ReduceLROnPlateau": lambda o: lr_scheduler.ReduceLROnPlateau(o, patience=0),
}
COMPOSITE = {"SequentialLR", "ChainedScheduler"}


def schedule_of(name: str) -> SchedulerFact:
    place = "torch.optim.swa_utils" if name == "SWALR" else "torch.optim.lr_scheduler"
    assert is_scheduler(f"{place}.{name}")
    fact = scheduler_fact(f"{place}.{name}")
    assert fact is not None
    return fact


def weights() -> list[Any]:
    return [torch.nn.Parameter(torch.ones(2))]


def stepped(optimizer: Any, scheduler: Any, times: int) -> list[float]:
    """The rates of the first group in the course of some steps."""
    rates = []
    for _ in range(times):
        optimizer.step()
        scheduler.step(*([1.0] if isinstance(scheduler, lr_scheduler.ReduceLROnPlateau) else []))
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


@pytest.fixture(autouse=True)
def quiet() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_every_scheduler_is_known() -> None:
    found = {
        name
        for name, cls in vars(lr_scheduler).items()
        if inspect.isclass(cls) and issubclass(cls, lr_scheduler.LRScheduler) and not name.startswith("_")
    }
    assert found - {"LRScheduler", "SWALR"} - COMPOSITE == set(SCHEDULERS) - {"SWALR"}


@pytest.mark.parametrize("name", SCHEDULERS)
def test_scheduler_parameters(name: str) -> None:
    cls = SWALR if name == "SWALR" else getattr(lr_scheduler, name)
    parameters = list(inspect.signature(cls).parameters)[1:]
    fact = schedule_of(name)
    assert list(fact.positions) == parameters[: len(fact.positions)]
    assert not fact.traits.lifts or fact.traits.lifts in fact.positions


@pytest.mark.parametrize("name", SCHEDULERS)
def test_group_that_joins_later(name: str) -> None:
    optimizer = torch.optim.SGD(weights(), lr=0.1)
    scheduler = SCHEDULERS[name](optimizer)
    stepped(optimizer, scheduler, 2)
    optimizer.add_param_group({"params": weights(), "lr": 0.1})
    if schedule_of(name).traits.grows is Truth.NO:
        with pytest.raises((ValueError, KeyError)):
            stepped(optimizer, scheduler, 1)
        return
    stepped(optimizer, scheduler, 6)
    assert optimizer.param_groups[1]["lr"] != 0.1


@pytest.mark.parametrize("name", SCHEDULERS)
def test_group_with_a_rate_of_0(name: str) -> None:
    def highest(**options: float) -> float:
        optimizer = torch.optim.SGD([{"params": weights(), "lr": 0.0}, {"params": weights()}], lr=0.1)
        return max(stepped(optimizer, SCHEDULERS[name](optimizer, **options), 12))

    option = schedule_of(name).traits.lifts
    if not option:
        assert highest() == 0
        return
    assert highest(**{option: 0.01}) > 0
    assert highest(**{option: 0.0}) == 0


@pytest.mark.parametrize("name", SCHEDULERS)
def test_rate_set_to_0_by_hand(name: str) -> None:
    optimizer = torch.optim.SGD([{"params": weights()}, {"params": weights()}], lr=0.1)
    scheduler = SCHEDULERS[name](optimizer)
    optimizer.param_groups[0]["lr"] = 0.0
    early = max(stepped(optimizer, scheduler, 4)) > 0
    later = max(stepped(optimizer, scheduler, 20)) > 0
    match schedule_of(name).traits.restores:
        case Truth.YES:
            assert early
        case Truth.MAYBE:
            assert not early and later
        case Truth.NO:
            assert not early and not later


def test_schedules_of_transformers_are_lambdas() -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    optimization = pytest.importorskip("transformers.optimization")
    for name in sorted(LAMBDA_SCHEDULES):
        fact = scheduler_fact(f"transformers.{name}")
        assert fact is not None and fact.traits.grows is Truth.NO
        make = getattr(optimization, name)
        options = {"num_warmup_steps": 1, "num_training_steps": 9}
        wanted = inspect.signature(make).parameters
        optimizer = torch.optim.SGD(weights(), lr=0.1)
        made = make(optimizer, **{option: value for option, value in options.items() if option in wanted})
        assert isinstance(made, lr_scheduler.LambdaLR), name
    assert scheduler_fact("transformers.get_reduce_on_plateau_schedule") is None
