# label: ok
# category: optimizer-factory-filters
# rule: FRZ201, FRZ205, FRZ207
# truth: clean; wte.* stay still, h.0.* stay still, h.1.* and lm_head.* move
import torch
from model import GPT
from optim_factory import create_optimizer

CFG = {
    "optimizer": {"name": "adamw", "lr": 1e-2, "weight_decay": 0.1},
    "freeze": {"wte": True, "layers": [0]},
}

torch.manual_seed(0)
gpt = GPT()
gpt.freeze(**CFG["freeze"])
opt = create_optimizer(gpt, **CFG["optimizer"])
for _ in range(3):
    ids = torch.randint(0, 20, (4, 8))
    loss = gpt.loss(ids)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
