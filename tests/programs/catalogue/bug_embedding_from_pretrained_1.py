# label: bug
# category: embedding-from-pretrained
# rule: FRZ122
# line: 15
# truth: from_pretrained freezes unless told otherwise: the word vectors are in the optimizer and never move
import torch
from torch import nn

vectors = torch.randn(30, 8)


class Classifier(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(weights)
        self.lstm = nn.LSTM(8, 6, batch_first=True)
        self.fc = nn.Linear(6, 2)

    def forward(self, ids):
        _, (h, _) = self.lstm(self.embedding(ids))
        return self.fc(h[-1])


model = Classifier(vectors)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    logits = model(torch.randint(0, 30, (4, 5)))
    loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
