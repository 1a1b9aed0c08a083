# label: ok
# category: train-never-restored
# rule: FRZ305
# truth: train_one_epoch() calls train() at its top; eval() of the last evaluation is simply the end
import torch
from engine import evaluate, train_one_epoch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(),
                      nn.Dropout(0.1), nn.Linear(4, 2))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
loader = [(torch.randn(4, 1, 10), torch.randint(0, 2, (4,))) for _ in range(2)]
best = 0.0
for epoch in range(2):
    train_one_epoch(model, optimizer, loader)
    best = max(best, evaluate(model, loader))
print(best)
