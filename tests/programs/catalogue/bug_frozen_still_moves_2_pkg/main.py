# label: bug
# category: frozen-still-moves
# rule: FRZ202
# line: stages.py:4
# truth: the encoder is frozen between backward() and step(): the step right after it still moves it once
import torch

from net import Autoencoder
from stages import freeze
from engine import Engine


def main():
    torch.manual_seed(1)
    model = Autoencoder(8)
    engine = Engine(model, torch.optim.SGD(model.parameters(), lr=0.2))
    for step in range(6):
        loss = engine.accumulate(torch.randn(16, 8))
        if step == 3:
            freeze(model.encoder)
        engine.apply()
        print(step, loss)


if __name__ == "__main__":
    main()
