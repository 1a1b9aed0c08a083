# label: bug
# category: unfrozen-last-layer
# rule: FRZ402
# line: model.py:22
# truth: encoder.top.* is unfrozen on purpose and has grad None at every step, for the embedding runs under no_grad; head.* moves
import torch

from model import Scorer


def unfreeze(module):
    for p in module.parameters():
        p.requires_grad = True


scorer = Scorer()
for p in scorer.encoder.parameters():
    p.requires_grad = False
unfreeze(scorer.encoder.top)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, scorer.parameters()), lr=1e-3)
for _ in range(3):
    x = torch.randn(6, 5)
    loss = torch.nn.functional.mse_loss(scorer(x), x.sum(1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
