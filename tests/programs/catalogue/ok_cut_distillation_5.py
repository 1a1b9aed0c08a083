# label: ok
# category: cut-distillation
# rule: FRZ401, FRZ402
# truth: clean; student.* moves, teacher.* is in no optimizer
import torch
import torch.nn.functional as F
from torch import nn


def distill(student, teacher, batches, temperature=2.0):
    teacher.eval()
    optimizer = torch.optim.AdamW(student.parameters(), lr=1e-3)
    for x, y in batches:
        with torch.no_grad():
            soft = teacher(x)
        logits = student(x)
        kd = F.kl_div(
            F.log_softmax(logits / temperature, dim=-1), F.softmax(soft / temperature, dim=-1), reduction="batchmean"
        )
        loss = kd + F.cross_entropy(logits, y)
        accuracy = (logits.detach().argmax(-1) == y).float().mean().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(round(loss.item(), 3), accuracy)


if __name__ == "__main__":
    data = [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(3)]
    distill(nn.Linear(5, 3), nn.Sequential(nn.Linear(5, 9), nn.ReLU(), nn.Linear(9, 3)), data)
