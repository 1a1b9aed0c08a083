# label: ok
# category: head-replaced-before-the-optimizer
# rule: FRZ204, FRZ206, FRZ115, FRZ201
# truth: clean; stem.* and stages.* stay still, head.* move
"""freeze everything, new head, then the optimizer: in this order all is well."""
import torch
from torch import nn
from zoo import create_model, freeze


def main():
    net = create_model("tiny", pretrained_classes=100)
    freeze(net)
    net.reset_classifier(4)
    params = [p for p in net.parameters() if p.requires_grad]
    assert len(params) == 2, "only the head trains"
    optimizer = torch.optim.SGD(params, lr=0.1, momentum=0.9, nesterov=True)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=4)
    for _ in range(4):
        net.train()
        loss = nn.functional.cross_entropy(net(torch.rand(4, 3, 8, 8)), torch.randint(0, 4, (4,)), label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    main()
