# label: bug
# category: zeroed-grads
# rule: FRZ208
# line: 35
# truth: the old rows of the embedding are "frozen" by zeroing their gradient under AdamW: weight decay moves them
import torch
from torch import nn

NUM_OLD, NUM_NEW, DIM = 20, 4, 6


class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(NUM_OLD + NUM_NEW, DIM)
        self.mix = nn.Linear(DIM, DIM)
        self.out = nn.Linear(DIM, 2)

    def forward(self, ids):
        return self.out(torch.tanh(self.mix(self.embed(ids).mean(1))))


def train(steps=4):
    model = LM()
    for n, p in model.named_parameters():
        if not n.startswith("embed"):
            p.requires_grad = False
    optimizer = torch.optim.AdamW([model.embed.weight], lr=1e-2, weight_decay=0.1)
    for _ in range(steps):
        ids = torch.randint(0, NUM_OLD + NUM_NEW, (8, 5))
        loss = nn.functional.cross_entropy(model(ids), torch.randint(0, 2, (8,)))
        optimizer.zero_grad()
        loss.backward()
        # textual inversion: only the new tokens are learned
        model.embed.weight.grad[:NUM_OLD] = 0
        optimizer.step()
    return model


model = train()
