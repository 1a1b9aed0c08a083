# label: ok
# category: embedding-for-lookup
# rule: FRZ122
# truth: the vectors are only looked up; no optimizer holds them
import torch
from torch import nn

table = torch.randn(10, 4)
lookup = nn.Embedding.from_pretrained(table)
head = nn.Linear(4, 2)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    loss = head(lookup(torch.randint(0, 10, (3,)))).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
