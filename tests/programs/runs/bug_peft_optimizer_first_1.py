# label: bug
# category: adapter-after-optimizer
# rule: FRZ204
# line: 25
# truth: the adapter is made after the optimizer: its matrices are in none and stand still
import torch
from peft import LoraConfig, get_peft_model
from transformers import GPT2Config, GPT2LMHeadModel


class Experiment:
    def __init__(self, lr):
        cfg = GPT2Config(
            vocab_size=40, n_positions=16, n_embd=16, n_layer=1, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0,
            attn_pdrop=0.0,
        )
        self.model = GPT2LMHeadModel(cfg)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=lr)

    def adapt(self, rank):
        lora = LoraConfig(
            r=rank, target_modules=["c_attn"], fan_in_fan_out=True, init_lora_weights=False, lora_dropout=0.0,
            task_type="CAUSAL_LM",
        )
        self.model = get_peft_model(self.model, lora)

    def fit(self, steps):
        for _ in range(steps):
            ids = torch.randint(0, 40, (2, 8))
            loss = self.model(input_ids=ids, labels=ids).loss
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


exp = Experiment(1e-2)
exp.adapt(rank=2)
matrix = next(p for n, p in exp.model.named_parameters() if "lora_B" in n)
before = matrix.detach().clone()
exp.fit(3)
