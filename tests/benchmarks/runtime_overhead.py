"""What the probes cost: `python -m tests.benchmarks.runtime_overhead` prints ratios against the same loop without them.

Single steps with and without the probes take turns in one process; what is measured is CPU time of the one thread, so
that other work on the machine matters less.
"""

from __future__ import annotations

import gc
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

PAIRS = 100
"""How many steps are timed with the probes, and as many without them."""


def training(*, head_only: bool) -> tuple[Any, Any, Callable[[], None]]:
    """A resnet18 (batch 8, 32 x 32), its optimizer, and one step."""
    import torch

    from tests.support import torchvision_shim  # noqa: F401

    torchvision = __import__("torchvision")
    model = torchvision.models.resnet18(num_classes=10)
    if head_only:
        model.requires_grad_(False)
        model.fc.requires_grad_(True)
        model.eval()
    optimizer = torch.optim.SGD([each for each in model.parameters() if each.requires_grad], lr=0.01)
    images, labels = torch.randn(8, 3, 32, 32), torch.randint(0, 10, (8,))

    def step() -> None:
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return model, optimizer, step


def overhead(*, head_only: bool, every: int) -> tuple[float, float]:
    """How much longer a watched step takes, as a share of the plain one: by the median of pairs (of those that are
    looked at and those that are not, each with its share of all steps), and by the means, in which the steps after
    which everything is measured count as well. The steps of a pair swap places from one pair to the next.
    """
    from freezelint.runtime import watch

    model, optimizer, step = training(head_only=head_only)
    plain: list[float] = []
    watched: list[float] = []
    ratios: dict[bool, list[float]] = {True: [], False: []}
    with watch(model, optimizer, every_n_steps=every, file=io.StringIO()) as watching:
        probes = watching.probes
        assert probes is not None
        for _ in range(4):
            step()
        gc.collect()
        for pair in range(PAIRS):
            taken, looked = {}, True
            for on in (True, False) if pair % 2 else (False, True):
                (probes.install if on else probes.remove)()
                looked = probes.close_up if on else looked
                begun = time.thread_time()
                step()
                taken[on] = time.thread_time() - begun
            plain.append(taken[False])
            watched.append(taken[True])
            ratios[looked].append(taken[True] / taken[False])
        probes.install()
    by_median = sum(len(each) * statistics.median(each) for each in ratios.values() if each) / PAIRS
    return by_median - 1, statistics.fmean(watched) / statistics.fmean(plain) - 1


def memory() -> tuple[int, int]:
    """Bytes of tensors that a recording keeps alive after some steps, and bytes of the model's weights."""
    import torch

    from freezelint.runtime import watch

    model, optimizer, step = training(head_only=True)
    step()

    def alive() -> dict[int, int]:
        gc.collect()
        tensors = [each for each in gc.get_objects() if issubclass(type(each), torch.Tensor)]
        return {each.untyped_storage().data_ptr(): each.untyped_storage().nbytes() for each in tensors}

    before = alive()
    with watch(model, optimizer, file=io.StringIO()):
        for _ in range(4):
            step()
        after = alive()
    kept = sum(size for key, size in after.items() if key not in before)
    return kept, sum(each.numel() * each.element_size() for each in model.parameters())


def start_up() -> float:
    """Seconds that a watched process takes beyond importing torch."""
    watched = (
        "import torch, time; begun = time.process_time(); from freezelint.runtime import watch; "
        "w = watch(torch.nn.Linear(1, 1)).begin(); print(time.process_time() - begun)"
    )
    return statistics.median(
        float(subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )


def main() -> None:
    """Print all figures."""
    import torch

    torch.set_num_threads(1)
    for told, head_only, every, most in (
        ("full step, every step looked at", False, 1, 5),
        ("head-only step, every step looked at", True, 1, 25),
        ("full step, every 50th looked at", False, 50, 1),
    ):
        median, mean = overhead(head_only=head_only, every=every)
        print(f"{told}: median {median:+.1%}, mean {mean:+.1%} (at most {most} %)")
    kept, weights = memory()
    print(f"tensors kept: {kept / 1e6:.2f} MB beside {weights / 1e6:.1f} MB of weights")
    print(f"start-up beyond importing torch: {start_up():.2f} s (at most 0.3 s)")


if __name__ == "__main__":
    main()
