# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: 17
# truth: the pretrained rows are moved by AdamW's weight decay although their gradients are zeroed at every step
import torch
from torch import nn

torch.manual_seed(0)
n_old, n_new = 20, 4
model = nn.Sequential(nn.Embedding(n_old + n_new, 8), nn.Flatten(), nn.Linear(8 * 3, 2))
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
for step in range(6):
    tokens, labels = torch.randint(0, 24, (10, 3)), torch.randint(0, 2, (10,))
    loss = nn.functional.cross_entropy(model(tokens), labels)
    loss.backward()
    model[0].weight.grad[:n_old] = 0  # only the new rows learn
    optimizer.step()
    optimizer.zero_grad()
