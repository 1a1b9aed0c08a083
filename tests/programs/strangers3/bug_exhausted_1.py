# label: bug
# category: exhausted
# rule: FRZ205
# line: 31
# truth: the filter object is used up by the count that logs it: the optimizer gets an empty list
# raises: ValueError
import torch
import torch.nn as nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.frontend = nn.Conv1d(1, 4, 5, stride=2)
        self.rnn = nn.GRU(4, 8, batch_first=True)
        self.out = nn.Linear(8, 3)

    def forward(self, wav):
        h, _ = self.rnn(self.frontend(wav).transpose(1, 2))
        return self.out(h[:, -1])


def count_params(params):
    return sum(p.numel() for p in params)


def setup(model, lr=1e-3):
    model.frontend.requires_grad_(False)
    params = filter(lambda p: p.requires_grad, model.parameters())
    print(f"trainable parameters: {count_params(params):,}")
    optimizer = torch.optim.Adam(params, lr=lr)
    return optimizer


def main():
    model = Model()
    optimizer = setup(model)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(2, 1, 32)), torch.tensor([0, 2]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
