# label: ok
# category: weight-norm-g
# rule: FRZ101
# truth: clean; *weight_g stay still, mlp.*weight and *weight_v move
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore", category=FutureWarning)


class DINOHead(nn.Module):
    def __init__(self, in_dim, out_dim, norm_last_layer=True, hidden_dim=16, bottleneck_dim=6):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(in_dim, hidden_dim), nn.GELU(), nn.Linear(hidden_dim, bottleneck_dim))
        self.last_layer = nn.utils.weight_norm(nn.Linear(bottleneck_dim, out_dim, bias=False))
        self.last_layer.weight_g.data.fill_(1)
        if norm_last_layer:
            self.last_layer.weight_g.requires_grad = False

    def forward(self, x):
        x = F.normalize(self.mlp(x), dim=-1, p=2)
        return self.last_layer(x)


def main():
    torch.manual_seed(0)
    head = DINOHead(8, 10)
    optim = torch.optim.AdamW([p for p in head.parameters() if p.requires_grad], lr=1e-2, weight_decay=0.04)
    for _ in range(3):
        views = torch.randn(12, 8)
        logits = head(views)
        target = F.softmax(logits.detach() / 0.04, dim=-1)
        loss = -(target * F.log_softmax(logits / 0.1, dim=-1)).sum(-1).mean()
        optim.zero_grad()
        loss.backward()
        optim.step()


if __name__ == "__main__":
    main()
