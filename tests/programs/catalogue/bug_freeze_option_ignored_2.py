# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 17
# truth: --freeze False parses as True: the body is frozen although the user asked for the opposite
import argparse

import torch
from torch import nn


def options(argv):
    parser = argparse.ArgumentParser(description="finetune")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument(
        "--hidden", type=int, default=6)
    parser.add_argument("--freeze", type=bool, default=True, help="freeze the body")
    return parser.parse_args(argv)


def main(argv):
    opt = options(argv)
    body, head = nn.Linear(5, opt.hidden), nn.Linear(opt.hidden, 1)
    if opt.freeze:
        for p in body.parameters():
            p.requires_grad = False
    params = [p for p in [*body.parameters(), *head.parameters()] if p.requires_grad]
    optimizer = torch.optim.SGD(params, lr=opt.lr)
    head(body(torch.randn(2, 5)).relu()).sum().backward()
    optimizer.step()
    print(opt.freeze, [p.requires_grad for p in body.parameters()])


if __name__ == "__main__":
    main(["--freeze", "False"])
