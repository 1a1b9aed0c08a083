# label: bug
# category: registry-decorator-partial
# rule: FRZ302
# line: models.py:15
# truth: the entry of the registry puts the encoder in eval once, the trainer's model.train() undoes it
from registry import MODELS
from trainer import fit

import models  # noqa: F401

main_model = MODELS["probe/frozen"](classes=3)
fit(main_model, epochs=2)
