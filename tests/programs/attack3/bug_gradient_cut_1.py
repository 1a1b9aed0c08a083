# label: bug
# category: gradient-cut
# rule: FRZ401
# line: 28
# truth: the learned prompt goes into the frozen encoder under no_grad: it has no gradient and never moves
import torch
from torch import nn


class FrozenEncoder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(d, 2, 16, dropout=0.0, batch_first=True)

    def forward(self, x):
        return self.layer(x)


class PromptLearner(nn.Module):
    def __init__(self, encoder, n_ctx=3, d=8, classes=2):
        super().__init__()
        self.encoder = encoder.requires_grad_(False)
        self.prompt = nn.Parameter(torch.randn(1, n_ctx, d) * 0.02)
        self.cls = nn.Linear(d, classes)

    def forward(self, tokens):
        x = torch.cat([self.prompt.expand(tokens.size(0), -1, -1), tokens], dim=1)
        with torch.no_grad():
            h = self.encoder(x)
        return self.cls(h[:, 0])


torch.manual_seed(0)
model = PromptLearner(FrozenEncoder())
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for step in range(3):
    x, y = torch.randn(4, 5, 8), torch.randint(0, 2, (4,))
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
