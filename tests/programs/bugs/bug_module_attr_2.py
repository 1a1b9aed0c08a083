# label: bug
# category: module-attr
# rule: FRZ101
# line: 28
# truth: after freezing all, only the prompt is trainable again: the head stays frozen and never moves
import argparse

import torch
from torch import nn


class PromptedEncoder(nn.Module):
    def __init__(self, width: int, n_out: int) -> None:
        super().__init__()
        self.prompt = nn.Parameter(torch.zeros(2, width))
        self.body = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.head = nn.Linear(width, n_out)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        prompt = self.prompt.expand(tokens.size(0), -1, -1)
        return self.head(self.body(torch.cat([prompt, tokens], dim=1)).mean(dim=1))


def prepare(model: PromptedEncoder) -> PromptedEncoder:
    for p in model.parameters():
        p.requires_grad = False
    model.prompt.requires_grad = True
    model.head.requires_grad = True
    return model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=12)
    parser.add_argument("--steps", type=int, default=4)
    args = parser.parse_args()

    model = prepare(PromptedEncoder(args.width, 3))
    optim = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    for step in range(args.steps):
        tokens, target = torch.randn(8, 5, args.width), torch.randint(0, 3, (8,))
        loss = nn.functional.cross_entropy(model(tokens), target)
        optim.zero_grad(set_to_none=True)
        loss.backward()
        optim.step()


if __name__ == "__main__":
    main()
