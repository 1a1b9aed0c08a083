# label: ok
# category: momentum-encoder-in-train-mode
# rule: FRZ301, FRZ303, FRZ201, FRZ108
# truth: clean; encoder_q.* move, encoder_k.* follow, statistics of encoder_k.1 move; on purpose
import torch
from torch import nn


class MoCo(nn.Module):
    """Momentum contrast. The key encoder follows the query encoder and is never stepped."""

    def __init__(self, dim=6, K=32, m=0.9, T=0.2):
        super().__init__()
        self.m, self.T = m, T
        self.encoder_q = nn.Sequential(nn.Linear(8, 10), nn.BatchNorm1d(10), nn.ReLU(), nn.Linear(10, dim))
        self.encoder_k = nn.Sequential(nn.Linear(8, 10), nn.BatchNorm1d(10), nn.ReLU(), nn.Linear(10, dim))
        for param_q, param_k in zip(self.encoder_q.parameters(), self.encoder_k.parameters()):
            param_k.data.copy_(param_q.data)
            param_k.requires_grad = False  # not updated by gradient
        self.register_buffer("queue", nn.functional.normalize(torch.randn(dim, K), dim=0))

    @torch.no_grad()
    def _momentum_update_key_encoder(self):
        for param_q, param_k in zip(self.encoder_q.parameters(), self.encoder_k.parameters()):
            param_k.data = param_k.data * self.m + param_q.data * (1.0 - self.m)

    def forward(self, im_q, im_k):
        q = nn.functional.normalize(self.encoder_q(im_q), dim=1)
        with torch.no_grad():
            self._momentum_update_key_encoder()
            k = nn.functional.normalize(self.encoder_k(im_k), dim=1)
        l_pos = (q * k).sum(1, keepdim=True)
        logits = torch.cat([l_pos, q @ self.queue.clone()], dim=1) / self.T
        self.queue = torch.cat([k.t(), self.queue], dim=1)[:, : self.queue.shape[1]]
        return logits


moco = MoCo()
optimizer = torch.optim.SGD(moco.encoder_q.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
for _ in range(3):
    moco.train()
    x = torch.randn(8, 8)
    logits = moco(x + 0.1 * torch.randn_like(x), x + 0.1 * torch.randn_like(x))
    loss = nn.functional.cross_entropy(logits, torch.zeros(8, dtype=torch.long))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
