"""The example programs of the rules are real: they run, and what the bad ones claim is true."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"
PROGRAMS = sorted(path for path in FOLDERS.glob("frz*/*.py") if path.stem != "__init__")


def run(code: str, name: str) -> dict[str, Any]:
    torch.manual_seed(0)
    (folder,) = FOLDERS.glob(f"frz{code}_*")
    return runpy.run_path(str(folder / f"{name}.py"))


def flags(module: Any) -> set[bool]:
    return {parameter.requires_grad for parameter in module.parameters()}


def held(optimizer: Any) -> set[int]:
    return {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}


def _lightning() -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    pytest.importorskip("lightning")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name[:6]}-{path.stem}")
def test_program_runs(path: Path) -> None:
    if "import lightning" in path.read_text(encoding="utf-8"):
        _lightning()
    runpy.run_path(str(path))


@pytest.mark.parametrize(
    "code",
    ["101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111", "114", "115", "116", "117"],
)
def test_backbone_is_frozen_in_good_alone(code: str) -> None:
    assert flags(run(code, "bad")["model"].backbone) == {True}
    good = run(code, "good")["model"]
    assert flags(good.backbone) == {False}
    assert flags(good.head) == {True}


def test_find_freezes_the_other_part() -> None:
    assert flags(run("112", "bad")["model"].head) == {False}
    assert flags(run("112", "good")["model"].head) == {True}


def test_text_stands_in_more_names() -> None:
    for name, layers in (("bad", {"1", "10", "11"}), ("good", {"1"})):
        model = run("113", name)["model"]
        assert {n.split(".")[1] for n, p in model.named_parameters() if not p.requires_grad} == layers


def test_option_decides_in_good_alone() -> None:
    for name, read in (("bad", False), ("good", True)):
        made = run("118", name)
        counts = {sum(p.requires_grad for p in made["Net"](freeze_head=flag).parameters()) for flag in (True, False)}
        assert (len(counts) == 2) is read
        assert made["args"].freeze_first is not read
        assert flags(made["model"].backbone[0]) == {read}


def test_flag_of_a_computed_tensor(capsys: pytest.CaptureFixture[str]) -> None:
    assert flags(run("121", "bad")["model"].backbone) == {True}
    assert "leaf variables" in (shown := capsys.readouterr().out) and "must be a bool" in shown
    assert flags(run("121", "good")["model"].backbone) == {False}


def test_tied_weights() -> None:
    for name, tied in (("bad", True), ("good", False)):
        model = run("123", name)["model"]
        assert (model.out.weight is model.embed.weight) is tied
        assert model.out.weight.requires_grad is not tied


def test_overwritten_method_breaks_the_module() -> None:
    with pytest.raises(TypeError, match="not callable"):
        run("105", "bad")["model"].requires_grad_(False)


def test_layers_in_a_list_are_not_registered() -> None:
    assert len(list(run("119", "bad")["model"].parameters())) == 2
    assert len(list(run("119", "good")["model"].parameters())) == 6


def test_the_other_norm_goes_on_updating() -> None:
    for name, counted in (("bad", 2), ("good", 0)):
        model = run("120", name)["model"]
        assert (model.norm.num_batches_tracked, model.norm_of_projection.num_batches_tracked) == (0, counted)


def test_embedding_is_frozen_by_default() -> None:
    for name, trains in (("bad", False), ("good", True)):
        made = run("122", name)
        weight = made["model"].embedding.weight
        assert weight.requires_grad is trains and id(weight) in held(made["optimizer"])


def test_nothing_is_there_to_freeze() -> None:
    assert flags(run("124", "bad")["model"][0]) == {True}
    assert flags(run("124", "good")["model"][0]) == {False}


def test_the_bystander_is_frozen() -> None:
    bad = run("125", "bad")
    assert flags(bad["frozen"]) == {False} and flags(bad["model"]) == {True}
    assert flags(run("125", "good")["model"][0]) == {False}


def test_optimizer_holds_what_is_frozen() -> None:
    for name, expected in (("bad", 4), ("good", 0)):
        made = run("201", name)
        assert len({id(p) for p in made["model"].backbone.parameters()} & held(made["optimizer"])) == expected


def test_unfrozen_parameters_in_the_optimizer() -> None:
    for name, inside in (("bad", False), ("good", True)):
        made = run("203", name)
        assert flags(made["model"].backbone) == {True}
        assert ({id(p) for p in made["model"].backbone.parameters()} <= held(made["optimizer"])) is inside


def test_new_head_in_the_optimizer() -> None:
    for name, inside in (("bad", False), ("good", True)):
        made = run("204", name)
        assert ({id(p) for p in made["model"].head.parameters()} <= held(made["optimizer"])) is inside


def test_second_use_is_empty() -> None:
    assert "optimizer" not in run("205", "bad")
    assert held(run("205", "good")["optimizer"])


def test_nothing_is_left() -> None:
    assert flags(run("206", "bad")["model"]) == {False}
    assert flags(run("206", "good")["model"].head) == {True}


@pytest.mark.parametrize("code", ["301", "302"])
def test_statistics_drift(code: str) -> None:
    assert run(code, "bad")["model"].backbone[1].num_batches_tracked == 3
    assert run(code, "good")["model"].backbone[1].num_batches_tracked == 0


def test_dropout_is_random() -> None:
    for name, same in (("bad", False), ("good", True)):
        backbone = run("303", name)["model"].backbone
        inputs = torch.randn(4, 8)
        assert torch.equal(backbone(inputs), backbone(inputs)) is same


def test_train_override() -> None:
    bad, good = run("304", "bad")["model"], run("304", "good")["model"]
    assert bad.backbone.training and bad.head.train() is None
    assert not good.backbone.training and good.train() is good


def test_gradients_of_the_validation() -> None:
    assert run("403", "bad")["scores"].requires_grad
    assert not run("403", "good")["scores"].requires_grad


def test_forced_loss_gives_no_gradients() -> None:
    assert all(p.grad is None for p in run("407", "bad")["model"].parameters())
    assert all(p.grad is not None for p in run("407", "good")["model"].parameters())


def test_train_mode_is_lost() -> None:
    assert run("305", "bad")["modes"] == [True, False, False]
    assert run("305", "good")["modes"] == [True, True, True]


def test_flag_stays_at_one_module() -> None:
    for name, counted in (("bad", 3), ("good", 0)):
        backbone = run("306", name)["model"].backbone
        assert not backbone.training
        assert backbone[1].num_batches_tracked == counted


def test_batch_statistics_in_spite_of_the_momentum() -> None:
    inputs = torch.randn(4, 8) + 2
    for name, same in (("bad", False), ("good", True)):
        backbone = run("308", name)["model"].backbone
        assert not backbone[1].running_mean.any()
        assert torch.allclose(backbone(inputs), backbone.eval()(inputs)) is same


def test_reducer_waits_for_what_is_frozen() -> None:
    bad, good = run("501", "bad"), run("501", "good")
    assert bad["steps"] == 1 and "finished reduction in the prior iteration" in bad["error"]
    assert good["steps"] == 3 and not good["error"]


def test_one_flat_parameter_has_one_flag() -> None:
    assert "uniform `requires_grad`" in run("502", "bad")["error"]
    good = run("502", "good")
    assert not good["error"] and flags(good["model"]) == {True, False}


def test_adapter_is_frozen() -> None:
    for name, expected in (("bad", {False}), ("good", {True})):
        adapter = run("503", name)["model"].backbone[0]
        assert {adapter.lora_A.requires_grad, adapter.lora_B.requires_grad} == expected


def test_decay_reaches_what_is_frozen() -> None:
    for name, same in (("bad", False), ("good", True)):
        made = run("307", name)
        assert torch.equal(made["before"], made["model"].backbone[0].weight) is same


def test_callback_leaves_batch_norm_trainable() -> None:
    _lightning()
    for name, expected in (("bad", {False, True}), ("good", {False})):
        assert flags(run("504", name)["model"].backbone) == expected


def moved(made: dict[str, Any], name: str) -> float:
    pairs = zip(made[name], made["model"].backbone.parameters(), strict=True)
    return max((now - then).abs().max().item() for then, now in pairs)


@pytest.mark.parametrize(("code", "name"), [("202", "frozen"), ("208", "before"), ("210", "before")])
def test_frozen_backbone_moves_in_bad_alone(code: str, name: str) -> None:
    assert moved(run(code, "bad"), name) > 1e-6
    assert moved(run(code, "good"), name) == 0


def test_forgotten_group_in_no_optimizer() -> None:
    for name, inside in (("bad", False), ("good", True)):
        made = run("207", name)
        assert ({id(p) for p in made["head_params"]} <= held(made["optimizer"])) is inside


def test_scheduler_does_not_know_the_group() -> None:
    assert isinstance(run("209", "bad")["failed"], ValueError)
    assert run("209", "good")["failed"] is None


def test_gradients_outside_the_optimizer() -> None:
    assert all(p.grad is not None for p in run("211", "bad")["model"].backbone.parameters())
    assert all(p.grad is None for p in run("211", "good")["model"].backbone.parameters())
