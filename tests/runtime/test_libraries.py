"""The probes under real libraries, on real architectures with random weights: what is right is silent, a mistake is
found, and nothing breaks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
nn = torch.nn

from freezelint.runtime import watch  # noqa: E402
from freezelint.runtime.watching import Watch  # noqa: E402
from tests.support import torchvision_shim  # noqa: E402, F401


def watching(*things: Any) -> Watch:
    return watch(*(things or (None,)), file=io.StringIO())


def codes(watched: Watch) -> list[str]:
    return [finding.code for finding in watched.findings]


def small_resnet(*, frozen: bool = True) -> Any:
    timm = pytest.importorskip("timm")
    model = timm.create_model("test_resnet", num_classes=4)
    if frozen:
        model.requires_grad_(False)
        model.get_classifier().requires_grad_(True)
    return model


def step(model: Any, optimizer: Any, size: int = 64) -> None:
    loss = nn.functional.cross_entropy(model(torch.randn(2, 3, size, size)), torch.tensor([0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def head_of(model: Any) -> Any:
    return [each for each in model.parameters() if each.requires_grad]


def test_batchnorm_of_a_real_network_drifts() -> None:
    with watching() as watched:
        model = small_resnet()
        optimizer = torch.optim.SGD(head_of(model), lr=0.1)
        for _ in range(2):
            model.train()
            step(model, optimizer)
    assert "FRZ301" in codes(watched)
    verdict = next(finding.verdict for finding in watched.findings if finding.code == "FRZ301")
    assert verdict is not None and float(verdict.evidence["drifted"]) > 10


def test_the_same_network_in_eval_mode_does_not() -> None:
    with watching() as watched:
        model = small_resnet()
        optimizer = torch.optim.SGD(head_of(model), lr=0.1)
        for _ in range(2):
            model.eval()
            step(model, optimizer)
    assert codes(watched) == []


def test_compiled_models() -> None:
    with watching() as watched:
        model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3))
        model[:2].requires_grad_(False)
        compiled = torch.compile(model, backend="aot_eager", fullgraph=True)
        optimizer = torch.optim.SGD(head_of(model), lr=0.1)
        for _ in range(3):
            compiled.train()
            loss = compiled(torch.randn(6, 4)).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    assert "FRZ301" in codes(watched)


def test_gradient_accumulation() -> None:
    with watching() as watched:
        model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
        model[0].requires_grad_(False)
        optimizer = torch.optim.AdamW(head_of(model))
        for round_ in range(6):
            (model(torch.randn(2, 4)).sum() / 3).backward()
            if round_ % 3 == 2:
                optimizer.step()
                optimizer.zero_grad()
    assert codes(watched) == []
    assert watched.steps == 2


def test_two_optimizers_of_a_gan() -> None:
    generator, critic = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.Linear(8, 4)), nn.Linear(4, 1)
    of_generator, of_critic = (torch.optim.Adam(each.parameters(), lr=0.01) for each in (generator, critic))
    with watching() as watched:
        for _ in range(3):
            generator.requires_grad_(False)
            critic.requires_grad_(True)
            of_critic.zero_grad()
            (critic(generator(torch.randn(4, 2)).detach()).mean() - critic(torch.randn(4, 4)).mean()).backward()
            of_critic.step()
            generator.requires_grad_(True)
            critic.requires_grad_(False)
            of_generator.zero_grad()
            (-critic(generator(torch.randn(4, 2))).mean()).backward()
            of_generator.step()
    assert codes(watched) == []
    assert watched.steps == 6


def test_closures_of_lbfgs() -> None:
    model = nn.Linear(3, 1)
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=3)
    x = torch.randn(5, 3)

    def closure() -> Any:
        optimizer.zero_grad()
        loss = model(x).square().mean()
        loss.backward()
        return loss

    with watching(model, optimizer) as watched:
        optimizer.step(closure)
        optimizer.step(closure)
    assert codes(watched) == []
    assert watched.steps == 2


def test_grad_scaler_and_fused_steps() -> None:
    model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3))
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)
    scaler = torch.amp.GradScaler("cpu")
    with watching(model, optimizer) as watched:
        for _ in range(3):
            optimizer.zero_grad()
            scaler.scale(model(torch.randn(2, 4)).sum()).backward()
            scaler.step(optimizer)
            scaler.update()
    assert codes(watched) == []
    assert watched.steps == 3


def test_dataloader_workers() -> None:
    data = torch.utils.data.TensorDataset(torch.randn(8, 4))
    model = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with watching(model, optimizer) as watched:
        for (x,) in torch.utils.data.DataLoader(data, batch_size=2, num_workers=1):
            optimizer.zero_grad()
            model(x).sum().backward()
            optimizer.step()
    assert (codes(watched), watched.steps) == ([], 4)


def test_distributed_data_parallel(tmp_path: Path) -> None:
    distributed = torch.distributed
    distributed.init_process_group("gloo", init_method=f"file://{tmp_path}/meet", rank=0, world_size=1)
    try:
        with watching() as watched:
            model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3))
            model[:2].requires_grad_(False)
            parallel = nn.parallel.DistributedDataParallel(model)
            optimizer = torch.optim.SGD(head_of(parallel), lr=0.1)
            for _ in range(2):
                parallel.train()
                optimizer.zero_grad()
                parallel(torch.randn(6, 4)).sum().backward()
                optimizer.step()
    finally:
        distributed.destroy_process_group()
    assert "FRZ301" in codes(watched)


def test_accelerate() -> None:
    accelerate = pytest.importorskip("accelerate")
    with watching() as watched:
        accelerator = accelerate.Accelerator(cpu=True)
        model = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.Linear(8, 3))
        model[0].requires_grad_(False)
        model, optimizer = accelerator.prepare(model, torch.optim.SGD(head_of(model), lr=0.1))
        for _ in range(2):
            optimizer.zero_grad()
            accelerator.backward(model(torch.randn(6, 4)).sum())
            optimizer.step()
    assert (codes(watched), watched.steps) == ([], 2)


def tiny_bert() -> Any:
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, vocab_size=60
    )
    return transformers.BertForSequenceClassification(config)


def test_peft_after_the_optimizer() -> None:
    peft = pytest.importorskip("peft")
    with watching() as watched:
        model = tiny_bert()
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
        model = peft.get_peft_model(model, peft.LoraConfig(target_modules=["query"], task_type="SEQ_CLS"))
        for _ in range(2):
            optimizer.zero_grad()
            model(input_ids=torch.randint(0, 60, (2, 5)), labels=torch.tensor([0, 1])).loss.backward()
            optimizer.step()
    assert "FRZ204" in codes(watched)


def test_peft_before_the_optimizer() -> None:
    peft = pytest.importorskip("peft")
    with watching() as watched:
        model = peft.get_peft_model(tiny_bert(), peft.LoraConfig(target_modules=["query"], task_type="SEQ_CLS"))
        optimizer = torch.optim.AdamW(head_of(model), lr=1e-3)
        for _ in range(2):
            optimizer.zero_grad()
            model.eval()(input_ids=torch.randint(0, 60, (2, 5)), labels=torch.tensor([0, 1])).loss.backward()
            optimizer.step()
    assert codes(watched) == []


def test_lightning() -> None:
    lightning = pytest.importorskip("lightning")
    from freezelint.runtime.lightning import FreezelintCallback

    class Task(lightning.LightningModule):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.backbone = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8))
            self.head = nn.Linear(8, 2)
            self.backbone.requires_grad_(False)

        def training_step(self, batch: Any, index: int) -> Any:
            return self.head(self.backbone(batch[0])).sum()

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.head.parameters(), lr=0.1)

    callback = FreezelintCallback()
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(8, 4)), batch_size=4)
    trainer = lightning.Trainer(
        max_epochs=2, callbacks=[callback], logger=False, enable_checkpointing=False, accelerator="cpu",
        enable_progress_bar=False, enable_model_summary=False,
    )  # fmt: skip
    trainer.fit(Task(), data)
    assert "FRZ301" in [finding.code for finding in callback.findings]


def test_trainer_of_transformers(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    from freezelint.runtime.transformers import FreezelintCallback

    model = tiny_bert()
    for parameter in model.bert.parameters():
        parameter.requires_grad = False
    model.bert.eval()
    rows = [{"input_ids": [1, 2, 3], "labels": 0}, {"input_ids": [4, 5, 6], "labels": 1}] * 2
    callback = FreezelintCallback()
    arguments = transformers.TrainingArguments(
        output_dir=str(tmp_path), max_steps=2, report_to=[], use_cpu=True, save_strategy="no", disable_tqdm=True,
        per_device_train_batch_size=2,
    )  # fmt: skip
    transformers.Trainer(model=model, args=arguments, train_dataset=rows, callbacks=[callback]).train()
    found = [finding.code for finding in callback.findings]
    assert "FRZ302" in found or "FRZ303" in found  # the Trainer calls train() before each step
