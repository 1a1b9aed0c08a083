# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: tools/freezing.py:9
# truth: the generator expression that would freeze stem and stages is thrown away; they all train
import torch
from segnet import SegNet
from tools.freezing import freeze_stages

torch.manual_seed(0)
net = SegNet(classes=2)
freeze_stages(net, upto=2)
optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
loss_fn = torch.nn.CrossEntropyLoss(ignore_index=255)
for it in range(3):
    image, mask = torch.rand(2, 3, 8, 8), torch.randint(0, 2, (2, 8, 8))
    loss = loss_fn(net(image), mask)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
