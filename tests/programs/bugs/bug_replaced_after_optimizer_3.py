# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 33
# truth: the enlarged token embedding is a new module outside the optimizer, it stays as built
import torch
from torch import nn


class CharLM(nn.Module):
    def __init__(self, vocab, dim=8):
        super().__init__()
        self.wte = nn.Embedding(vocab, dim)
        self.rnn = nn.LSTM(dim, dim, batch_first=True)
        self.proj = nn.Linear(dim, 4)

    def resize_tokens(self, new_size):
        old = self.wte
        new = nn.Embedding(new_size, old.embedding_dim)
        with torch.no_grad():
            new.weight[: old.num_embeddings] = old.weight
        self.wte = new

    def forward(self, ids):
        return self.proj(self.rnn(self.wte(ids))[0][:, -1])


def main():
    charset = list("abcdefghij")
    model = CharLM(len(charset))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    charset += ["<pad>", "<unk>"]
    model.resize_tokens(len(charset))
    for _ in range(3):
        ids = torch.randint(0, len(charset), (6, 7))
        loss = nn.functional.cross_entropy(model(ids), torch.randint(0, 4, (6,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
