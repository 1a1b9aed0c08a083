# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: 31
# truth: the old rows get zero gradients, but AdamW's weight decay shrinks them at every step
import torch
from torch import nn

OLD, NEW, DIM = 10, 3, 8


class Prompted(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(OLD + NEW, DIM)
        self.cls = nn.Linear(DIM, 2)

    def forward(self, ids):
        return self.cls(self.embed(ids).mean(1))


def train_new_tokens(model, steps=4, lr=1e-2):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.1)
    for _ in range(steps):
        ids = torch.randint(0, OLD + NEW, (6, 5))
        y = torch.randint(0, 2, (6,))
        loss = nn.functional.cross_entropy(model(ids), y)
        optimizer.zero_grad()
        loss.backward()
        # only the new tokens are learned
        model.embed.weight.grad[:OLD] = 0
        optimizer.step()


model = Prompted()
before = model.embed.weight[:OLD].detach().clone()
train_new_tokens(model)
print((model.embed.weight[:OLD] - before).abs().max().item())
