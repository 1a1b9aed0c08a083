# label: bug
# category: resume-rebuilds-model
# rule: FRZ115
# line: 27
# truth: resume() loads the weights into a new model, which nothing freezes: the encoder moves
import io

import torch
from torch import nn


class ASR(nn.Module):
    def __init__(self, mels=6, dim=8, vocab=5):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv1d(mels, dim, 3, padding=1), nn.ReLU())
        self.ctc = nn.Linear(dim, vocab)

    def forward(self, mel):
        return self.ctc(self.encoder(mel).transpose(1, 2))


class Trainer:
    def __init__(self, cfg, checkpoint=None):
        self.cfg = cfg
        self.model = ASR(**cfg["model"])
        if cfg["freeze_encoder"]:
            self.model.encoder.requires_grad_(False)
        if checkpoint is not None:
            self.resume(checkpoint)
        self.optimizer = torch.optim.Adam([p for p in self.model.parameters() if p.requires_grad], lr=cfg["lr"])

    def resume(self, buf):
        buf.seek(0)
        state = torch.load(buf)
        self.model = ASR(**self.cfg["model"])
        self.model.load_state_dict(state["model"])

    def save(self, buf):
        torch.save({"model": self.model.state_dict()}, buf)

    def train(self, steps):
        self.model.train()
        for _ in range(steps):
            mel, y = torch.randn(2, 6, 7), torch.randint(0, 5, (2, 7))
            loss = nn.functional.cross_entropy(self.model(mel).transpose(1, 2), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


torch.manual_seed(0)
cfg = {"model": {"mels": 6, "dim": 8}, "freeze_encoder": True, "lr": 1e-2}
buf = io.BytesIO()
torch.save({"model": ASR(**cfg["model"]).state_dict()}, buf)
tr = Trainer(cfg, checkpoint=buf)
tr.train(3)
