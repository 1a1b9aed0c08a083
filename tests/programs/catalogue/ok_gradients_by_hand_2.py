# label: ok
# category: gradients-by-hand
# rule: FRZ208
# truth: the old rows are written back after every step, so they end where they began
import torch
from torch import nn


def main(n_old=16):
    torch.manual_seed(0)
    embedding, out = nn.Embedding(20, 6), nn.Linear(6, 3)
    original = embedding.weight.detach().clone()
    optimizer = torch.optim.AdamW([*embedding.parameters(), *out.parameters()], lr=0.01)
    for _ in range(5):
        tokens, labels = torch.randint(0, 20, (12,)), torch.randint(0, 3, (12,))
        loss = nn.functional.cross_entropy(out(embedding(tokens)), labels)
        optimizer.zero_grad()
        loss.backward()
        embedding.weight.grad[:n_old] = 0
        optimizer.step()
        with torch.no_grad():
            embedding.weight[:n_old] = original[:n_old]


main()
