# label: ok
# category: stale-gradient
# rule: FRZ202
# truth: frozen mid-training with the default zero_grad(): the gradient is None and the encoder stands still
import torch
from torch import nn


class Seq2Vec(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(3, 5, batch_first=True)
        self.fc = nn.Linear(5, 2)

    def forward(self, x):
        return self.fc(self.encoder(x)[0][:, -1])


def main(freeze_epoch=1, epochs=3):
    model = Seq2Vec()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    snapshot = None
    for epoch in range(epochs):
        if epoch == freeze_epoch:
            for p in model.encoder.parameters():
                p.requires_grad_(False)
            snapshot = [p.clone() for p in model.encoder.parameters()]
        for _ in range(2):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(torch.randn(4, 6, 3)), torch.randint(0, 2, (4,)))
            loss.backward()
            optimizer.step()
    return model, snapshot


model, snapshot = main()
assert all(torch.equal(a, b) for a, b in zip(snapshot, model.encoder.parameters()))
