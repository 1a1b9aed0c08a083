"""What calls of library functions do, as data: the effect of each by its dotted name."""

from __future__ import annotations

from enum import Enum, auto

from .reparametrizations import MAKES, UNDOES


class Effect(Enum):
    """What a call does to the objects it is given, and what it returns."""

    DISTRIBUTED = auto()
    """Wraps a module as `.module`; attributes are not passed on."""
    DATA_PARALLEL = auto()
    SHARDED = auto()
    COMPILED = auto()
    """Wraps a module as `._orig_mod`; attributes are passed on."""
    COPIES = auto()
    AVERAGES = auto()
    """A module around a deep copy, for the average of weights."""
    ESTIMATES = auto()
    """Estimates running statistics anew."""
    FINETUNING = auto()
    """`BaseFinetuning.freeze(modules, train_bn=True)` of Lightning."""
    GRAD_OFF = auto()
    GRAD_ON = auto()
    GRAD_SET = auto()
    GRAD_ASKED = auto()
    CHECKPOINT = auto()
    """Calls its first argument with the others; reentrant unless told otherwise."""
    CHECKPOINT_PARTS = auto()
    """Runs a Sequential; all but its last segment are checkpointed."""
    GRADIENT = auto()
    """Takes gradients of its first argument and returns them."""
    CHAINS = auto()
    PARTIAL = auto()
    PARAMETER = auto()
    EMBEDDING = auto()
    """`Embedding.from_pretrained`: frozen unless freeze=False."""
    CONSUMES = auto()
    """Uses an iterator of parameters up and changes no flag."""
    RETURNS_FIRST = auto()
    DERIVES = auto()
    """Computes a weight from other parameters from then on: see `reparametrizations`."""
    RESTORES = auto()
    DICT = auto()
    PEFT = auto()
    PREPARES = auto()
    """Freezes a model and returns it."""
    PEFT_LOADED = auto()
    """`PeftModel.from_pretrained`: base and adapters are frozen unless is_trainable=True."""
    FREEZES = auto()
    UNFREEZES = auto()
    OPTIMIZER = auto()
    """Builds an optimizer of a model's parameters that require a gradient."""
    DECORATOR = auto()
    HUB = auto()
    VARIABLE = auto()
    METHOD = auto()
    """`types.MethodType(function, object)`."""
    ATTRGETTER = auto()
    REDUCE = auto()
    IMPORT_MODULE = auto()
    FIELDS = auto()
    FIELD = auto()
    """A dataclass field: its default, or what its factory makes."""


_FACTS: dict[Effect, str] = {
    Effect.DISTRIBUTED: "torch.nn.parallel.DistributedDataParallel "
    "torch.nn.parallel.distributed.DistributedDataParallel apex.parallel.DistributedDataParallel",
    Effect.DATA_PARALLEL: "torch.nn.DataParallel torch.nn.parallel.DataParallel",
    Effect.SHARDED: "torch.distributed.fsdp.FullyShardedDataParallel "
    "torch.distributed.fsdp.fully_sharded_data_parallel.FullyShardedDataParallel",
    Effect.COMPILED: "torch.compile torch.jit.script",
    Effect.COPIES: "copy.deepcopy copy.copy",
    Effect.AVERAGES: "torch.optim.swa_utils.AveragedModel",
    Effect.ESTIMATES: "torch.optim.swa_utils.update_bn",
    Effect.FINETUNING: "lightning.pytorch.callbacks.BaseFinetuning.freeze "
    "pytorch_lightning.callbacks.BaseFinetuning.freeze lightning.pytorch.callbacks.BackboneFinetuning.freeze "
    "pytorch_lightning.callbacks.BackboneFinetuning.freeze",
    Effect.GRAD_OFF: "torch.no_grad torch.inference_mode torch.autograd.no_grad torch.autograd.grad_mode.no_grad "
    "torch.autograd.inference_mode",
    Effect.GRAD_ON: "torch.enable_grad torch.autograd.enable_grad",
    Effect.GRAD_SET: "torch.set_grad_enabled torch.autograd.set_grad_enabled torch._C._set_grad_enabled "
    "torch.autograd.grad_mode.set_grad_enabled",
    Effect.GRAD_ASKED: "torch.is_grad_enabled",
    Effect.CHECKPOINT: "torch.utils.checkpoint.checkpoint",
    Effect.CHECKPOINT_PARTS: "torch.utils.checkpoint.checkpoint_sequential",
    Effect.GRADIENT: "torch.autograd.grad",
    Effect.CHAINS: "itertools.chain itertools.chain.from_iterable",
    Effect.PARTIAL: "functools.partial",
    Effect.PARAMETER: "torch.nn.Parameter torch.nn.parameter.Parameter",
    Effect.EMBEDDING: "torch.nn.Embedding.from_pretrained torch.nn.EmbeddingBag.from_pretrained",
    Effect.CONSUMES: "torch.nn.utils.clip_grad_norm_ torch.nn.utils.clip_grad_value_ torch.nn.utils.clip_grad_norm "
    "torch.nn.utils.clip_grad.clip_grad_norm_ torch.nn.utils.parameters_to_vector torch.nn.utils.get_total_norm",
    Effect.RETURNS_FIRST: "torch.nn.SyncBatchNorm.convert_sync_batchnorm "
    "torch.nn.init.xavier_uniform_ torch.nn.init.kaiming_normal_ "
    "torch.nn.init.constant_ torch.nn.init.normal_ tqdm.tqdm tqdm.auto.tqdm tqdm.tqdm_notebook tqdm.notebook.tqdm "
    "tqdm.trange rich.progress.track typing.cast "
    "torch.jit.freeze torch.quantization.prepare torch.fx.symbolic_trace torch.jit.trace",
    Effect.DERIVES: " ".join(MAKES),
    Effect.RESTORES: " ".join(UNDOES),
    Effect.DICT: "collections.OrderedDict collections.defaultdict",
    Effect.PEFT: "peft.get_peft_model peft.mapping.get_peft_model peft.PeftModel",
    Effect.PREPARES: "peft.prepare_model_for_kbit_training peft.utils.prepare_model_for_kbit_training "
    "peft.utils.other.prepare_model_for_kbit_training peft.prepare_model_for_int8_training",
    Effect.PEFT_LOADED: "peft.PeftModel.from_pretrained peft.peft_model.PeftModel.from_pretrained "
    "peft.PeftModelForCausalLM.from_pretrained peft.PeftModelForSeq2SeqLM.from_pretrained "
    "peft.PeftModelForSequenceClassification.from_pretrained peft.PeftModelForTokenClassification.from_pretrained",
    Effect.FREEZES: "timm.utils.freeze timm.utils.model.freeze",
    Effect.UNFREEZES: "timm.utils.unfreeze timm.utils.model.unfreeze",
    Effect.OPTIMIZER: "timm.optim.create_optimizer_v2 timm.optim.create_optimizer "
    "timm.optim.optim_factory.create_optimizer "
    "timm.optim.optim_factory.create_optimizer_v2 timm.optim._optim_factory.create_optimizer_v2",
    Effect.DECORATOR: "functools.wraps functools.lru_cache functools.cache functools.cached_property",
    Effect.HUB: "torch.hub.load",
    Effect.ATTRGETTER: "operator.attrgetter",
    Effect.REDUCE: "functools.reduce",
    Effect.IMPORT_MODULE: "importlib.import_module",
    Effect.FIELDS: "dataclasses.fields",
    Effect.METHOD: "types.MethodType",
    Effect.FIELD: "dataclasses.field attr.ib attrs.field msgspec.field pydantic.Field",
    Effect.VARIABLE: "torch.autograd.Variable torch.autograd.variable.Variable",
}
_BY_NAME = {name: effect for effect, listed in _FACTS.items() for name in listed.split()}


def effect_of(name: str) -> Effect | None:
    """The effect of calling a library's function or class."""
    return _BY_NAME.get(name)
