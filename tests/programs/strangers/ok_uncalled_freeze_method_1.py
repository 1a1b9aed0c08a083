# label: ok
# category: uncalled-freeze-method
# rule: FRZ106
# truth: frozen is a property and is read; the freeze is called
import torch
from torch import nn


class Wav2VecLike(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.extract = nn.Sequential(nn.Conv1d(1, dim, 5, 2), nn.GELU(), nn.Conv1d(dim, dim, 3, 2))
        self.norm = nn.LayerNorm(dim)

    @property
    def frozen(self):
        return not any(p.requires_grad for p in self.parameters())

    def freeze(self):
        for p in self.parameters():
            p.requires_grad = False
        return self

    def forward(self, wav):
        return self.norm(self.extract(wav.unsqueeze(1)).transpose(1, 2))


class KeywordSpotter(nn.Module):
    def __init__(self, encoder, n_words):
        super().__init__()
        self.encoder = encoder
        self.gru = nn.GRU(8, 8, batch_first=True)
        self.out = nn.Linear(8, n_words)

    def forward(self, wav):
        _, h = self.gru(self.encoder(wav))
        return self.out(h[-1])


class Learner:
    def __init__(self, model, lr, freeze_encoder=True, accumulate=2):
        self.model = model
        if freeze_encoder:
            self.model.encoder.freeze()
        self.model.encoder.frozen
        self.params = [p for p in model.parameters() if p.requires_grad]
        self.opt = torch.optim.Adam(self.params, lr=lr)
        self.accumulate = accumulate

    def _train_epoch(self, batches):
        self.model.train()
        for i, (wav, y) in enumerate(batches):
            loss = nn.functional.cross_entropy(self.model(wav), y) / self.accumulate
            loss.backward()
            if (i + 1) % self.accumulate == 0:
                nn.utils.clip_grad_norm_(self.params, 1.0)
                self.opt.step()
                self.opt.zero_grad()

    @torch.no_grad()
    def _val_epoch(self, batches):
        self.model.eval()
        return sum((self.model(w).argmax(-1) == y).float().mean().item() for w, y in batches)

    def fit(self, batches, epochs):
        for e in range(epochs):
            self._train_epoch(batches)
            print(e, self._val_epoch(batches))


torch.manual_seed(0)
data = [(torch.randn(3, 80), torch.randint(0, 4, (3,))) for _ in range(4)]
Learner(KeywordSpotter(Wav2VecLike(), 4), 1e-2).fit(data, 2)
