"""Which classes of frameworks drive training, and in which order a framework calls its hooks."""

from __future__ import annotations

LIGHTNING_TRAINERS = frozenset({
    "lightning.Trainer", "pytorch_lightning.Trainer", "lightning.pytorch.Trainer", "pytorch_lightning.trainer.Trainer",
})  # fmt: skip
LIGHTNING_ONCE = ("prepare_data", "setup", "configure_model", "configure_optimizers", "on_fit_start", "on_train_start")
"""Hooks of a LightningModule that `fit` calls before the first epoch, in order."""

ACCELERATORS = frozenset({
    "accelerate.Accelerator", "accelerate.accelerator.Accelerator", "lightning.Fabric", "lightning.fabric.Fabric",
    "lightning_fabric.Fabric",
})  # fmt: skip

_FINETUNING = ("lightning.pytorch.callbacks.", "pytorch_lightning.callbacks.")
"""Where the callbacks live that freeze before training and leave BatchNorm trainable by default."""

_HF_PACKAGES = ("transformers.", "trl.")
_HF_TRAINERS = frozenset({"Trainer", "Seq2SeqTrainer", "SFTTrainer", "DPOTrainer", "SetFitTrainer"})
_TRAINING_BASES = ("mmengine.model.", "mmcv.runner.", "mmcls.models.", "mmseg.models.", "mmdet.models.")
_TRAINING_PACKAGES = ("speechbrain.",)


def has_hf_name(cls: str) -> bool:
    """Whether a class is named like a Trainer of transformers, in whichever package."""
    return cls.rpartition(".")[2] in _HF_TRAINERS


def is_hf_trainer(cls: str) -> bool:
    """Whether a class is a Trainer of transformers or trl."""
    return cls.startswith(_HF_PACKAGES) and has_hf_name(cls)


def sets_train_mode(bases: list[str], module: str) -> bool:
    """Whether a framework's loop calls `train()` before every epoch on modules with these library bases, defined in
    this module.

    mmengine's EpochBasedTrainLoop and IterBasedTrainLoop call `self.runner.model.train()`, speechbrain's `Brain` calls
    `self.modules.train()`.
    """
    return any(base.startswith(_TRAINING_BASES) for base in bases) or module.startswith(_TRAINING_PACKAGES)


def finetuning_callback(cls: str) -> str:
    """ "BaseFinetuning" or "BackboneFinetuning" where that is what a library's class is; else ""."""
    last = cls.rpartition(".")[2]
    return last if cls.startswith(_FINETUNING) and last in ("BaseFinetuning", "BackboneFinetuning") else ""
