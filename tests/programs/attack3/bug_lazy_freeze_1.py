# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: 33
# truth: the map object is never consumed, so no encoder parameter is frozen and all of them move
import torch
from torch import nn


class Translator(nn.Module):
    def __init__(self, vocab=20, dim=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.encoder = nn.GRU(dim, dim, batch_first=True)
        self.decoder = nn.GRU(dim, dim, batch_first=True)
        self.proj = nn.Linear(dim, vocab)

    def forward(self, src, tgt):
        _, h = self.encoder(self.embed(src))
        y, _ = self.decoder(self.embed(tgt), h)
        return self.proj(y)


class Trainer:
    def __init__(self, model, lr=1e-2, freeze_encoder=False):
        self.model = model
        if freeze_encoder:
            self._freeze(self.model.encoder)
        self.optim = torch.optim.Adam(self.model.parameters(), lr=lr)
        self.criterion = nn.CrossEntropyLoss()

    def _freeze(self, module):
        map(lambda p: p.requires_grad_(False), module.parameters())

    def step(self, src, tgt):
        logits = self.model(src, tgt[:, :-1])
        loss = self.criterion(logits.flatten(0, 1), tgt[:, 1:].flatten())
        self.optim.zero_grad(set_to_none=True)
        loss.backward()
        self.optim.step()
        return loss.item()


trainer = Trainer(Translator(), freeze_encoder=True)
for _ in range(3):
    trainer.step(torch.randint(0, 20, (2, 5)), torch.randint(0, 20, (2, 6)))
