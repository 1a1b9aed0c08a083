# label: bug
# category: flag-on-copy
# rule: FRZ108
# line: tools/freeze.py:5
# truth: state_dict() values are detached aliases, the visual tower is still trainable and moves
import torch
from torch import nn

from nets import VisualQA
from tools.freeze import freeze_by_keyword


def main(keywords=("visual",)):
    model = VisualQA()
    n = freeze_by_keyword(model, keywords)
    print(f"froze {n} tensors")
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    for _ in range(3):
        logits = model(torch.randn(4, 10), torch.randint(0, 12, (4, 3)))
        loss = nn.functional.cross_entropy(logits, torch.randint(0, 5, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
