# label: bug
# category: unfreeze-after-ddp
# rule: FRZ501
# line: 35
# truth: the backbone trains from the second epoch on; of the four parameters the reducer averages the two of the head, so that with more ranks the backbones part
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x).relu())


def main(epochs=3):
    dist.init_process_group(
        "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
    )
    net = Net()
    net.backbone.requires_grad_(False)
    ddp = DDP(net, find_unused_parameters=True)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(epochs):
        if epoch == 1:
            ddp.module.backbone.requires_grad_(True)
        optimizer.zero_grad()
        ddp(torch.randn(6, 4)).pow(2).mean().backward()
        optimizer.step()
    reduced = ddp._get_ddp_logging_data()["num_parameter_tensors"]
    dist.destroy_process_group()
    return net, reduced


torch.manual_seed(0)
net, reduced = main()
