# label: ok
# category: inverted-freeze-arg
# rule: FRZ117
# truth: the flags are set to not freeze
import argparse

import torch
import torch.nn.functional as F

from clip.towers import TwoTower


def params(argv=None):
    ap = argparse.ArgumentParser()
    ap.add_argument("--lock-image", action="store_true", default=True)
    ap.add_argument("--lock-text", action="store_true")
    ap.add_argument("--accum-freq", type=int, default=2)
    ap.add_argument("--lr", type=float, default=1e-2)
    return ap.parse_args(argv)


def main():
    args = params()
    torch.manual_seed(0)
    model = TwoTower(10, 30, 8, freeze_image=args.lock_image, freeze_text=args.lock_text)
    exclude = lambda n, p: p.ndim < 2 or "bias" in n or "logit_scale" in n
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([
        {"params": [p for n, p in named if exclude(n, p)], "weight_decay": 0.0},
        {"params": [p for n, p in named if not exclude(n, p)], "weight_decay": 0.2},
    ], lr=args.lr)
    optimizer.zero_grad()
    for i in range(4):
        logits = model(torch.randn(4, 10), torch.randint(0, 30, (4, 5)))
        labels = torch.arange(4)
        loss = (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2
        (loss / args.accum_freq).backward()
        if (i + 1) % args.accum_freq == 0:
            optimizer.step()
            optimizer.zero_grad()


if __name__ == "__main__":
    main()
