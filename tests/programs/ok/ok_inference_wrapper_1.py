# label: ok
# category: inference-wrapper
# rule: FRZ116, FRZ302, FRZ305, FRZ206
# truth: clean; Net:* stay still, statistics of Net:* stay still; nothing trains, the wrapper only predicts
import argparse
import io

import torch
from torch import nn


class Net(nn.Sequential):
    def __init__(self, n_out=3):
        super().__init__(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, n_out))


class Predictor:
    """Loads a checkpoint and predicts; eval() once is all it needs."""

    def __init__(self, checkpoint, device="cpu"):
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        self.model = Net(state["4.bias"].numel()).to(device)
        self.model.load_state_dict(state)
        self.model.eval()

    @torch.no_grad()
    def __call__(self, batch):
        return self.model(batch).softmax(dim=-1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=5)
    args = parser.parse_args()
    buffer = io.BytesIO()
    torch.save(Net().state_dict(), buffer)
    buffer.seek(0)
    predict = Predictor(buffer)
    x = torch.randn(args.batch, 4)
    assert torch.equal(predict(x), predict(x))


if __name__ == "__main__":
    main()
