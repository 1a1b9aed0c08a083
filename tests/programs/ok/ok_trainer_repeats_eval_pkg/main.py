# label: ok
# category: trainer-of-another-file-repeats-eval
# rule: FRZ301, FRZ302, FRZ303, FRZ304
# truth: clean; encoder.* stay still, statistics of encoder.1 stay still, decoder.* move
import argparse

import torch
from models import Seq2Seq
from trainer import Trainer


def main():
    parser = argparse.ArgumentParser(description="speech to characters")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--frozen", nargs="*", default=["encoder"])
    opt = parser.parse_args()

    torch.manual_seed(0)
    model = Seq2Seq()
    batches = [(torch.randn(3, 5, 6), torch.randint(0, 9, (3, 5))) for _ in range(2)]
    Trainer(model, opt.frozen).train(batches, opt.epochs)


if __name__ == "__main__":
    main()
