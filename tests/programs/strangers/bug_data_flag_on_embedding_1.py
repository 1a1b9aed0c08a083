# label: bug
# category: data-flag-on-embedding
# rule: FRZ108
# line: 25
# truth: the flag is set on a detached view made by .data: both embeddings keep training
import torch
import torch.nn as nn
import torch.nn.functional as F
from types import SimpleNamespace


class Seq2Seq(nn.Module):
    def __init__(self, cfg):
        super(Seq2Seq, self).__init__()
        self.src_emb = nn.Embedding(cfg.vocab, cfg.dim, padding_idx=0)
        self.tgt_emb = nn.Embedding(cfg.vocab, cfg.dim, padding_idx=0)
        self.encoder = nn.LSTM(cfg.dim, cfg.dim, batch_first=True)
        self.decoder = nn.LSTM(cfg.dim, cfg.dim, batch_first=True)
        self.generator = nn.Linear(cfg.dim, cfg.vocab)

    def load_vectors(self, vectors, fix):
        for emb in [self.src_emb, self.tgt_emb]:
            emb.weight.data.copy_(vectors)
            if fix:
                emb.weight.data.requires_grad = False

    def forward(self, src, tgt):
        _, state = self.encoder(self.src_emb(src))
        out, _ = self.decoder(self.tgt_emb(tgt), state)
        return self.generator(out)


def train(model, data, cfg):
    trainable = list(filter(lambda p: p.requires_grad, model.parameters()))
    opt = torch.optim.Adam(trainable, lr=cfg.lr)
    for epoch in range(cfg.epochs):
        model.train()
        for src, tgt in data:
            opt.zero_grad()
            logits = model(src, tgt[:, :-1])
            loss = F.cross_entropy(logits.flatten(0, 1), tgt[:, 1:].flatten(), ignore_index=0)
            loss.backward()
            nn.utils.clip_grad_norm_(trainable, 5.0)
            opt.step()
        torch.save(model.state_dict(), cfg.out)


if __name__ == "__main__":
    import io
    torch.manual_seed(5)
    conf = SimpleNamespace(vocab=15, dim=6, lr=1e-2, epochs=2, out=io.BytesIO(), fix_embeddings=True)
    s2s = Seq2Seq(conf)
    s2s.load_vectors(torch.randn(conf.vocab, conf.dim), fix=conf.fix_embeddings)
    batches = [(torch.randint(1, 15, (3, 5)), torch.randint(1, 15, (3, 6))) for _ in range(3)]
    train(s2s, batches, conf)
