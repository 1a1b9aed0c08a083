# label: bug
# category: nothing-left-to-train
# rule: FRZ206
# line: main.py:15
# truth: PromptModel builds its prompt, then the base class freezes all of it
# raises: RuntimeError
import torch
from torch import nn

from prompt import PromptModel


def main(steps: int = 2):
    model = PromptModel(dim=6, n_prompt=3)
    model.freeze_all()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(steps):
        out = model(torch.randn(4, 5, 6))
        loss = nn.functional.mse_loss(out, torch.zeros_like(out))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
