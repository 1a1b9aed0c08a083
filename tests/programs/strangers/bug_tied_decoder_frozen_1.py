# label: bug
# category: tied-decoder-frozen
# rule: FRZ123
# line: 37
# truth: the decoder's weight is the embedding's: freezing the embedding freezes the decoder that is meant to train
import torch
from torch import nn


class RNNLM(nn.Module):
    def __init__(self, ntoken, ninp, nhid, nlayers=1, tie_weights=False):
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.encoder = nn.Embedding(ntoken, ninp)
        self.rnn = nn.LSTM(ninp, nhid, nlayers, batch_first=True)
        self.decoder = nn.Linear(nhid, ntoken)
        if tie_weights:
            if nhid != ninp:
                raise ValueError("When using the tied flag, nhid must be equal to emsize")
            self.decoder.weight = self.encoder.weight

    def forward(self, ids, hidden=None):
        out, hidden = self.rnn(self.drop(self.encoder(ids)), hidden)
        return self.decoder(self.drop(out)), hidden


def repackage_hidden(h):
    if isinstance(h, torch.Tensor):
        return h.detach()
    return tuple(repackage_hidden(v) for v in h)


def main():
    torch.manual_seed(1111)
    model = RNNLM(13, 8, 8, tie_weights=True)
    # new domain: keep the words, train the recurrent part and the output layer
    model.encoder.weight.requires_grad = False
    body = list(model.rnn.parameters())
    out = list(model.decoder.parameters())
    optimizer = torch.optim.SGD([{"params": body, "lr": 0.1}, {"params": out, "lr": 0.5}], momentum=0.9)
    data = torch.randint(0, 13, (4, 33))
    for epoch in range(2):
        model.train()
        hidden = None
        for i in range(0, 32, 8):
            ids, tgt = data[:, i : i + 8], data[:, i + 1 : i + 9]
            hidden = repackage_hidden(hidden) if hidden is not None else None
            optimizer.zero_grad()
            logits, hidden = model(ids, hidden)
            loss = nn.functional.cross_entropy(logits.reshape(-1, 13), tgt.reshape(-1))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 0.25)
            optimizer.step()


if __name__ == "__main__":
    main()
