# label: bug
# category: eval-undone
# rule: FRZ302
# line: 27
# truth: the frozen text encoder runs with active dropout: eval() in the constructor, train() later
import torch
from torch import nn


class TextEncoder(nn.Module):
    def __init__(self, vocab=30, dim=8, p=0.2):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.drop = nn.Dropout(p)
        self.norm = nn.LayerNorm(dim)

    def forward(self, ids):
        return self.norm(self.drop(self.emb(ids)).mean(1))


class Captioner(nn.Module):
    def __init__(self, text_encoder: TextEncoder, tune_text: bool = False):
        super().__init__()
        self.text_encoder = text_encoder
        self.fuse = nn.Bilinear(8, 8, 4)
        if not tune_text:
            self.text_encoder.eval()
            for w in self.text_encoder.parameters():
                w.requires_grad_(False)

    def forward(self, ids, img):
        return self.fuse(self.text_encoder(ids), img)


def loop(model, n):
    optimizer = torch.optim.Adam([w for w in model.parameters() if w.requires_grad], lr=1e-3)
    model.train()
    for _ in range(n):
        out = model(torch.randint(0, 30, (5, 4)), torch.randn(5, 8))
        loss = out.logsumexp(-1).mean()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)


if __name__ == "__main__":
    loop(Captioner(TextEncoder()), 3)
