# label: bug
# category: embedding-with-max-norm
# rule: FRZ307
# line: nets.py:7
# truth: words.weight requires no gradient and is rescaled by the forwards
import torch
from nets import Classifier
from torch import nn

torch.manual_seed(0)
model = Classifier(25)
model.freeze_words()
start = model.words.weight.clone()
optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
for epoch in range(3):
    ids = torch.randint(0, 25, (6, 4))
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(ids), ids[:, 1] % 2).backward()
    optimizer.step()
