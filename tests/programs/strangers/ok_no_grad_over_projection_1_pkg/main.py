# label: ok
# category: no-grad-over-projection
# rule: FRZ401
# truth: the projector stands after the no_grad block
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
