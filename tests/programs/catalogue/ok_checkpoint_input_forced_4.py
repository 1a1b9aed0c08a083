# label: ok
# category: checkpoint-input-forced
# rule: FRZ406, FRZ407
# truth: clean; embed.* stays still, body.* and head.* move, for the embedding's output is made to require grad
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.body, self.head = nn.Embedding(9, 6), nn.Linear(6, 6), nn.Linear(6, 9)
        self.embed.weight.requires_grad = False

    def forward(self, ids):
        h = self.embed(ids)
        if self.training:
            h.requires_grad_(True)
        h = checkpoint(self.body, h, use_reentrant=True)
        return self.head(h)


def main():
    net = Net()
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
    for _ in range(3):
        ids = torch.randint(0, 9, (5,))
        loss = nn.functional.cross_entropy(net(ids), ids)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
