"""Wrappers: the arguments that those of torch take by position, after the module itself; what peft puts in."""

from __future__ import annotations

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "ddp": (
        "device_ids", "output_device", "dim", "broadcast_buffers", "init_sync", "process_group", "bucket_cap_mb",
        "find_unused_parameters", "check_reduction", "gradient_as_bucket_view", "static_graph",
    ),
    "fsdp": (
        "process_group", "sharding_strategy", "cpu_offload", "auto_wrap_policy", "backward_prefetch",
        "mixed_precision", "ignored_modules", "param_init_fn", "device_id", "sync_module_states", "forward_prefetch",
        "limit_all_gathers", "use_orig_params", "ignored_states",
    ),
}  # fmt: skip
"""By the kind of a `Wrapped` event."""

TUNER = "peft.tuners.BaseTuner"
"""The class of what stands between a model of peft and the base model, which is its `model`."""
PROMPTS = frozenset({
    "PromptTuningConfig", "MultitaskPromptTuningConfig", "PrefixTuningConfig", "PromptEncoderConfig", "CPTConfig",
})  # fmt: skip
"""Configurations of peft that put nothing into the base model, and no tuner around it."""
ADAPTER = "peft.tuners.BaseTunerLayer"
"""The class that tells what peft puts into a model: its parameters are called lora_A, ia3_l, hada_w1_a and the like."""
