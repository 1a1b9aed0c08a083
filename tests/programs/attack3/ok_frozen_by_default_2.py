# label: ok
# category: frozen-by-default
# rule: FRZ122
# truth: is_trainable=True: the loaded adapter trains, the base stays
import tempfile

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import GPT2Config, GPT2LMHeadModel

CFG = GPT2Config(vocab_size=24, n_embd=16, n_layer=1, n_head=2, n_positions=16)


def stage_one(path):
    lora = LoraConfig(r=2, target_modules=["c_attn"], fan_in_fan_out=True, task_type="CAUSAL_LM")
    get_peft_model(GPT2LMHeadModel(CFG), lora).save_pretrained(path)


def stage_two(path):
    model = PeftModel.from_pretrained(GPT2LMHeadModel(CFG), path, is_trainable=True)
    model.train()
    opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    for _ in range(2):
        ids = torch.randint(0, 24, (2, 8))
        loss = model(input_ids=ids, labels=ids).loss
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


with tempfile.TemporaryDirectory() as tmp:
    stage_one(tmp)
    model = stage_two(tmp)
