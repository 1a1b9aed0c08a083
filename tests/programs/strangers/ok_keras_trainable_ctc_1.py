# label: ok
# category: keras-trainable-ctc
# rule: FRZ109
# truth: the class defines trainable as a property that sets the flags of its parameters
import torch
from torch import nn


class FrontEnd(nn.Module):
    def __init__(self, n_mels, ch):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv1d(n_mels, ch, 3, padding=1), nn.ReLU(), nn.Conv1d(ch, ch, 3, padding=1))

    @property
    def trainable(self):
        return any(p.requires_grad for p in self.parameters())

    @trainable.setter
    def trainable(self, value):
        for p in self.parameters():
            p.requires_grad_(value)

    def forward(self, mel):
        return self.conv(mel)


class CTCModel(nn.Module):
    def __init__(self, n_mels=6, ch=8, vocab=5, freeze_frontend=True):
        super().__init__()
        self.frontend = FrontEnd(n_mels, ch)
        self.rnn = nn.GRU(ch, ch, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(2 * ch, vocab)
        if freeze_frontend:
            self.frontend.trainable = False

    def forward(self, mel):
        h, _ = self.rnn(self.frontend(mel).transpose(1, 2))
        return self.fc(h).log_softmax(-1)


class Recipe:
    def __init__(self, hparams):
        self.hp = hparams
        self.model = CTCModel(freeze_frontend=hparams["freeze_frontend"])
        self.ctc = nn.CTCLoss(blank=0)
        self.optimizer = torch.optim.Adadelta(
            [p for p in self.model.parameters() if p.requires_grad], lr=hparams["lr"], rho=0.95
        )

    def fit_batch(self, mel, targets):
        logp = self.model(mel).transpose(0, 1)
        T, B = logp.shape[:2]
        lengths = torch.full((B,), T, dtype=torch.long)
        loss = self.ctc(logp, targets, lengths, torch.full((B,), targets.shape[1], dtype=torch.long))
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def fit(self):
        for epoch in range(self.hp["epochs"]):
            self.model.train()
            for _ in range(2):
                self.fit_batch(torch.randn(2, 6, 12), torch.randint(1, 5, (2, 3)))


torch.manual_seed(0)
Recipe({"lr": 1.0, "epochs": 2, "freeze_frontend": True}).fit()
