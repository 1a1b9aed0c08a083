# label: ok
# category: frozen-lstm-dropout
# rule: FRZ303
# truth: the language model runs in eval mode
import torch
from torch import nn


class LM(nn.Module):
    def __init__(self, vocab=12, dim=8):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, dim, num_layers=2, dropout=0.4, batch_first=True)

    def forward(self, ids):
        return self.lstm(self.emb(ids))[0]


class Tagger(nn.Module):
    def __init__(self, lm, tags=4):
        super().__init__()
        self.lm = lm
        self.crf_emissions = nn.Linear(8, tags)

    def forward(self, ids):
        return self.crf_emissions(self.lm(ids))


class Params(dict):
    __getattr__ = dict.__getitem__


def main():
    hp = Params(lr=1e-2, epochs=2, clip=1.0)
    torch.manual_seed(0)
    lm = LM()
    lm.requires_grad_(False)
    tagger = Tagger(lm)
    optimizer = torch.optim.Adam(tagger.crf_emissions.parameters(), lr=hp.lr)
    for epoch in range(hp.epochs):
        tagger.train()
        tagger.lm.eval()
        for _ in range(3):
            ids, tags = torch.randint(0, 12, (2, 6)), torch.randint(0, 4, (2, 6))
            loss = nn.functional.cross_entropy(tagger(ids).flatten(0, 1), tags.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.crf_emissions.parameters(), hp.clip)
            optimizer.step()
        tagger.eval()
        with torch.no_grad():
            acc = (tagger(ids).argmax(-1) == tags).float().mean()
        print(epoch, acc.item())


if __name__ == "__main__":
    main()
