# label: bug
# category: eval-in-the-loop
# rule: FRZ305
# line: 33
# truth: the statistics of the BatchNorm follow the first 4 steps and none of the later 8
import argparse

import torch
import torch.nn as nn

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=12)
parser.add_argument("--eval-every", type=int, default=4)
args = parser.parse_args([])

torch.manual_seed(0)
encoder = nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), nn.Flatten())
head = nn.Linear(4 * 6, 2)
model = nn.Sequential(encoder, head)
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
counts = []
step = 0
model.train()
while step < args.steps:
    x = torch.randn(5, 2, 8)
    loss = nn.functional.cross_entropy(model(x), (x.sum((1, 2)) > 0).long())
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
    step += 1
    counts.append(int(encoder[1].num_batches_tracked))
    if step % args.eval_every == 0:
        model.eval()
        with torch.no_grad():
            print(step, model(torch.randn(5, 2, 8)).argmax(1).tolist())
