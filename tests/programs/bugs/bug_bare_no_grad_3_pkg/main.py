# label: bug
# category: bare-no-grad
# rule: FRZ403
# line: dqn.py:17
# truth: the target network gets gradients from the TD loss, grad mode is on while it runs
import torch

from dqn import DQN

torch.manual_seed(6)
learner = DQN(n_obs=4, n_act=2)
for update in range(4):
    batch = dict(
        obs=torch.randn(8, 4),
        act=torch.randint(0, 2, (8, 1)),
        rew=torch.randn(8, 1),
        nxt=torch.randn(8, 4),
    )
    learner.update(batch)
