# label: bug
# category: misspelled-flag
# rule: FRZ102
# line: 17
# truth: the pretrained word vectors change although freeze_embeddings is on
import torch
from torch import nn


class SentimentGRU(nn.Module):
    def __init__(self, vectors, hidden=12, freeze_embeddings=True):
        super().__init__()
        vocab, dim = vectors.shape
        self.embed = nn.Embedding(vocab, dim)
        self.embed.weight.data.copy_(vectors)
        if freeze_embeddings:
            self.embed.weight.requires_gradient = False
        self.gru = nn.GRU(dim, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, ids):
        _, h = self.gru(self.embed(ids))
        return self.fc(h[-1]).squeeze(-1)


def run(epochs: int = 2) -> SentimentGRU:
    torch.manual_seed(11)
    model = SentimentGRU(torch.randn(20, 6))
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-2)
    loss_fn = nn.BCEWithLogitsLoss()
    ids = torch.arange(20).reshape(4, 5)
    labels = torch.tensor([0.0, 1.0, 1.0, 0.0])
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(ids), labels)
        loss.backward()
        optimizer.step()
    return model


if __name__ == "__main__":
    run()
