# label: ok
# category: adapters-injected-before-the-optimizer
# rule: FRZ204, FRZ206, FRZ201, FRZ503
# truth: clean; emb.* stay still, *.base.* stay still, *.lora_a and *.lora_b move, score.* move
import torch
from lora import inject, mark_only_lora_as_trainable
from torch import nn


class TextModel(nn.Module):
    def __init__(self, vocab=25, d=8):
        super().__init__()
        self.emb = nn.Embedding(vocab, d)
        self.query = nn.Linear(d, d)
        self.value = nn.Linear(d, d)
        self.score = nn.Linear(d, 2)

    def forward(self, ids):
        x = self.emb(ids)
        att = (self.query(x) @ x.transpose(1, 2)).softmax(-1)
        return self.score((att @ self.value(x)).mean(1))


torch.manual_seed(0)
model = TextModel()
for param in model.parameters():
    param.requires_grad = False
inject(model, targets={"query", "value"}, rank=2)
mark_only_lora_as_trainable(model, also=("score",))
optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
for _ in range(4):
    ids = torch.randint(0, 25, (8, 5))
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(ids), ids[:, 0] % 2).backward()
    optimizer.step()
