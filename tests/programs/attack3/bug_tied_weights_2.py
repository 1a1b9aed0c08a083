# label: bug
# category: tied-weights
# rule: FRZ123
# line: 22
# truth: GPT2's lm_head is tied to wte: freezing the transformer freezes the head as well, and backward raises
# raises: RuntimeError
import argparse

import torch
from transformers import GPT2Config, GPT2LMHeadModel


def get_model():
    config = GPT2Config(vocab_size=32, n_embd=16, n_layer=1, n_head=2, n_positions=16,
                        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)
    return GPT2LMHeadModel(config)


def train(args):
    model = get_model()
    for param in model.transformer.parameters():
        param.requires_grad = False
    optimizer = torch.optim.AdamW(model.lm_head.parameters(), lr=args.lr)
    model.train()
    for step in range(args.steps):
        ids = torch.randint(0, 32, (2, 8))
        out = model(input_ids=ids, labels=ids)
        optimizer.zero_grad()
        out.loss.backward()
        optimizer.step()
        print(step, out.loss.item())


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--lr", type=float, default=1e-3)
    ap.add_argument("--steps", type=int, default=2)
    train(ap.parse_args([]))
