"""The runtime checker: watches real training and says which findings it confirms.

`watch(model, *optimizers)` is for a training loop of one's own. Callbacks for frameworks stand in
`freezelint.runtime.lightning` and `freezelint.runtime.transformers`, and `freezelint.runtime.pytest_plugin` brings
`--freezelint-confirm` and the fixture `assert_frozen`.
"""

from __future__ import annotations

from freezelint.runtime.watching import FreezingMistake, Watch, watch

__all__ = ["FreezingMistake", "Watch", "watch"]
