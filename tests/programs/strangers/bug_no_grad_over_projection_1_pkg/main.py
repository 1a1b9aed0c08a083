# label: bug
# category: no-grad-over-projection
# rule: FRZ401
# line: coca/model.py:33
# truth: the projector stands inside the no_grad block of encode_image: it is in the optimizer and never has a gradient
import torch

from coca import CoCa, CoCaConfig


def main():
    torch.manual_seed(0)
    model = CoCa(CoCaConfig())
    params = [p for p in model.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(params, lr=1e-2)
    for step in range(4):
        loss = model(torch.randn(4, 5, 6), torch.randint(0, 15, (4, 3)))
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    main()
