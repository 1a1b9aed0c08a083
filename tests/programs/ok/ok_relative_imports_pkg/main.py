# label: ok
# category: functions-re-exported-through-a-package
# rule: FRZ201, FRZ205, FRZ117, FRZ112
# truth: clean; user.* and item.* stay still, mlp.* and bias move
import torch
from reco import Ranker, frozen_parameters, set_trainable, trainable_parameters

ranker = Ranker(users=10, items=20)
set_trainable(ranker.user, False)
set_trainable(ranker.item, flag=False)
print(f"frozen {sum(p.numel() for p in frozen_parameters(ranker))} of {sum(p.numel() for p in ranker.parameters())}")
adam = torch.optim.Adam(trainable_parameters(ranker), lr=1e-2)
for _ in range(3):
    u, i = torch.randint(0, 10, (16,)), torch.randint(0, 20, (16,))
    loss = torch.nn.functional.binary_cross_entropy_with_logits(ranker(u, i), ((u + i) % 2).float())
    adam.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trainable_parameters(ranker), 1.0)
    adam.step()
