# label: bug
# category: tied-weights
# rule: FRZ123
# line: 34
# truth: "head" stands in no name but head.bias: head.weight is listed as embed.weight, and frozen with it
import torch
from torch import nn


class GPT(nn.Module):
    def __init__(self, vocabulary=16, width=4):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.blocks = nn.Sequential(nn.Linear(width, width), nn.GELU())
        self.head = nn.Linear(width, vocabulary)
        self.tie()

    def tie(self):
        self.head.weight = self.embed.weight

    def forward(self, ids):
        return self.head(self.blocks(self.embed(ids)))


class Finetune:
    def __init__(self, net):
        self.net = net
        self.freeze()
        self.optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=1e-2)

    def freeze(self):
        for name, parameter in self.net.named_parameters():
            if "head" not in name:
                parameter.requires_grad = False

    def step(self, ids):
        loss = nn.functional.cross_entropy(self.net(ids).flatten(0, 1), ids.flatten())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


tuner = Finetune(GPT())
for _ in range(2):
    tuner.step(torch.randint(0, 16, (2, 3)))
print({n: p.requires_grad for n, p in tuner.net.named_parameters(remove_duplicate=False)})
