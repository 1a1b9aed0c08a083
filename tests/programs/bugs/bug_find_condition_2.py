# label: bug
# category: find-condition
# rule: FRZ112
# line: 23
# truth: not find() is true only at position 0, so no "lora" parameter ends up trainable
import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, d_in, d_out, rank=2):
        super().__init__()
        self.base = nn.Linear(d_in, d_out)
        self.lora_a = nn.Parameter(torch.randn(rank, d_in) * 0.1)
        self.lora_b = nn.Parameter(torch.ones(d_out, rank) * 0.1)

    def forward(self, x):
        return self.base(x) + x @ self.lora_a.t() @ self.lora_b.t()


def mark_trainable(net: nn.Module) -> None:
    for n, p in net.named_parameters():
        if not n.find("lora"):
            p.requires_grad = True
        elif "norm" in n:
            p.requires_grad = True
        else:
            p.requires_grad = False


def main():
    net = nn.Sequential()
    net.add_module("q", LoRALinear(6, 6))
    net.add_module("norm", nn.LayerNorm(6))
    net.add_module("v", LoRALinear(6, 1))
    mark_trainable(net)
    optimizer = torch.optim.AdamW((p for p in net.parameters() if p.requires_grad), lr=1e-2)
    for _ in range(3):
        loss = net(torch.randn(7, 6)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
