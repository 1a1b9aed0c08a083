import os
import tempfile

import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel as DDP


def start():
    path = os.path.join(tempfile.mkdtemp(), "store")
    dist.init_process_group("gloo", init_method=f"file://{path}", rank=0, world_size=1)


def wrap(model):
    return DDP(model, device_ids=None, find_unused_parameters=False)
