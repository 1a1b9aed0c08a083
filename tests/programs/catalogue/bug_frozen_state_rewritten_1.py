# label: bug
# category: embedding-with-max-norm
# rule: FRZ307
# line: 11
# truth: the frozen vectors are rescaled by the forwards: they differ from those that were loaded
import torch
from torch import nn

torch.manual_seed(0)
vectors = torch.randn(30, 8) * 2
table = nn.Embedding.from_pretrained(vectors.clone(), freeze=True, max_norm=1.0)
classifier = nn.Linear(8, 3)
optimizer = torch.optim.Adam(classifier.parameters(), lr=0.01)
for _ in range(4):
    words = torch.randint(0, 30, (6, 5))
    loss = nn.functional.cross_entropy(classifier(table(words).mean(1)), words[:, 0] % 3)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
