"""What names of libraries are: which classes are modules, which are optimizers, which packages touch no model.

Names are as a user's import spells them; `canonical` brings the spellings of one class together.
"""

from __future__ import annotations

import re
from functools import cache

from .trees import layer_fact

_NN_INNER = re.compile(r"^torch\.nn\.modules\.\w+\.")

MODULE_BASES = frozenset({
    "torch.nn.Module", "torch.jit.ScriptModule",
    "lightning.LightningModule", "pytorch_lightning.LightningModule", "lightning.pytorch.LightningModule",
    "lightning.pytorch.core.LightningModule", "pytorch_lightning.core.LightningModule",
    "pytorch_lightning.core.lightning.LightningModule", "lightning.pytorch.core.module.LightningModule",
    "transformers.PreTrainedModel", "transformers.modeling_utils.PreTrainedModel",
    "diffusers.ModelMixin", "diffusers.models.ModelMixin", "diffusers.models.modeling_utils.ModelMixin",
    "mmengine.model.BaseModule", "mmengine.model.BaseModel", "mmcv.runner.BaseModule",
    "mmcv.runner.base_module.BaseModule", "mmengine.model.base_module.BaseModule",
    "fastai.torch_core.Module", "fastcore.basics.Module",
    "torchvision.models.ResNet", "torchvision.models.resnet.ResNet", "torchvision.models.VGG",
    "torchvision.models.DenseNet", "torchvision.models.EfficientNet", "torchvision.models.VisionTransformer",
    "torchvision.ops.FrozenBatchNorm2d", "torchvision.ops.misc.FrozenBatchNorm2d",
})  # fmt: skip
LIGHTNING_MODULES = frozenset(name for name in MODULE_BASES if name.endswith(".LightningModule"))
NOT_MODULES = frozenset({"torch.nn.Parameter", "torch.nn.parameter.Parameter", "torch.nn.ParameterList"})
_HF_MODEL = re.compile(r"^transformers\.(?:.*\.)?(?:[A-Z]\w*(?:Model|For[A-Z]\w*|Encoder|Decoder|PreTrainedModel))$")
_OPTIMIZERS = frozenset({
    "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "ASGD", "LBFGS", "Muon", "NAdam", "RAdam",
    "RMSprop", "Rprop", "SGD", "SparseAdam", "LARS", "LAMB", "Lamb", "Lion", "AdaBelief", "AdaBound", "Ranger",
    "Ranger21", "MADGRAD", "AdamP", "SGDP", "SGDW", "FusedAdam", "FusedLAMB", "FusedSGD", "Adam8bit", "AdamW8bit",
    "PagedAdamW", "PagedAdamW8bit", "Lion8bit", "Novograd", "NovoGrad", "RangerQH", "RAdamScheduleFree",
    "AdamWScheduleFree", "SGDScheduleFree", "Prodigy", "DAdaptAdam", "DAdaptSGD", "Sophia", "SophiaG", "CAME",
    "Yogi", "QHAdam", "SAM", "LARC", "ZeroRedundancyOptimizer",
})  # fmt: skip
_OPTIMIZER_PACKAGES = (
    "torch.optim", "transformers", "bitsandbytes", "apex", "timm.optim", "lion_pytorch", "torch_optimizer",
    "pytorch_optimizer", "schedulefree", "prodigyopt", "dadaptation", "adabelief_pytorch", "madgrad", "came_pytorch",
    "deepspeed.ops.adam", "lightning", "torch.distributed.optim", "sophia",
)  # fmt: skip
_SCHEDULERS = ("torch.optim.lr_scheduler.", "torch.optim.swa_utils.SWALR")
_SCHEDULER_FUNCTIONS = re.compile(r"^(transformers|diffusers)\.(?:.*\.)?get_\w*schedule\w*$")

INERT_PACKAGES = frozenset({
    "builtins", "torch", "torchvision", "torchaudio", "torchtext", "torchmetrics", "numpy", "np", "scipy", "pandas",
    "sklearn", "matplotlib", "seaborn", "PIL", "cv2", "tqdm", "wandb", "tensorboard", "tensorboardX", "logging",
    "os", "sys", "re", "math", "random", "json", "time", "datetime", "argparse", "pathlib", "collections",
    "itertools", "functools", "typing", "copy", "warnings", "shutil", "glob", "pickle", "yaml", "csv", "string",
    "io", "contextlib", "dataclasses", "enum", "abc", "operator", "inspect", "gc", "hashlib", "uuid", "tempfile",
    "subprocess", "platform", "socket", "signal", "threading", "queue", "omegaconf", "hydra", "torchinfo",
    "torchsummary", "thop", "ptflops", "fvcore", "einops", "rich", "click", "absl", "loguru", "mlflow", "neptune",
    "comet_ml", "clearml", "optuna", "albumentations", "transformers", "datasets", "tokenizers",
    "evaluate", "sentencepiece", "nltk", "librosa", "soundfile", "requests", "h5py", "lmdb", "psutil", "importlib",
    "traceback", "types", "textwrap", "pprint", "statistics", "struct", "zipfile", "tarfile", "skimage", "imageio",
    "nibabel", "monai", "SimpleITK", "safetensors", "huggingface_hub", "lpips", "kornia", "timm", "accelerate",
    "peft", "lightning", "pytorch_lightning",
})  # fmt: skip
"""Packages whose functions leave flags, modes and memberships of what they are given alone, unless a fact says
otherwise."""


@cache
def canonical(name: str) -> str:
    """One spelling per class: `torch.nn.modules.batchnorm.BatchNorm2d` is `torch.nn.BatchNorm2d`."""
    return _NN_INNER.sub("torch.nn.", name)


@cache
def is_module_class(name: str) -> bool:
    """Whether a library's class is an nn.Module."""
    if name in NOT_MODULES:
        return False
    if name in MODULE_BASES or _HF_MODEL.match(name) is not None:
        return True
    fact = layer_fact(name)
    return fact is not None


@cache
def ancestors(name: str) -> tuple[str, ...]:
    """A library class and its bases, canonical, most derived first; "?" where its bases are not known."""
    fact = layer_fact(name)
    own = canonical(name)
    if fact is not None:
        bases = tuple(canonical(base) for base in fact.bases)
        return (own, canonical(fact.defined), *bases, "torch.nn.Module")
    if own == "torch.nn.Module":
        return (own,)
    if name in LIGHTNING_MODULES:
        return (own, "lightning.LightningModule", "torch.nn.Module")
    if is_module_class(name):
        return (own, "torch.nn.Module")
    return (own, "?")


@cache
def is_optimizer(name: str) -> bool:
    """Whether a library's class is an optimizer."""
    package, _, cls = name.rpartition(".")
    if cls in ("?", "Optimizer"):
        return package == "torch.optim" and cls == "?"
    return cls in _OPTIMIZERS and package.startswith(_OPTIMIZER_PACKAGES)


@cache
def is_scheduler(name: str) -> bool:
    """Whether a library's class or function makes a learning rate scheduler."""
    return name.startswith(_SCHEDULERS) or _SCHEDULER_FUNCTIONS.match(name) is not None


@cache
def is_inert(name: str) -> bool:
    """Whether a library's function leaves the state of models it is given alone, as far as no fact says otherwise."""
    return name.partition(".")[0] in INERT_PACKAGES


@cache
def tree_classes(name: str, bases: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The classes of a module in a known tree: those of the layer, or the model class, known to be a plain module;
    `bases` are those that the tree knows."""
    found = ancestors(name)
    above = tuple(
        each for base in bases for each in (canonical(base), *tree_classes(base)) if each != "torch.nn.Module"
    )
    return tuple(
        dict.fromkeys((*(each for each in found if each not in ("?", "torch.nn.Module")), *above, "torch.nn.Module"))
    )


@cache
def is_auto_model(name: str) -> bool:
    """Whether a class picks a model by the checkpoint's name (`transformers.AutoModel`)."""
    package, _, cls = name.rpartition(".")
    return package.startswith(("transformers", "diffusers", "peft", "open_clip")) and (
        cls.startswith(("AutoModel", "TFAuto")) or cls.endswith(("Model", "PreTrainedModel")) or "For" in cls
    )
