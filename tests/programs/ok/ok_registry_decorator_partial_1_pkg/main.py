# label: ok
# category: registry-decorator-partial
# rule: FRZ302,FRZ301
# truth: clean
from registry import MODELS
from trainer import fit

import models  # noqa: F401

main_model = MODELS["probe/frozen"](classes=3)
fit(main_model, epochs=2, after_train_mode=[models.encoder_eval])
