# label: bug
# category: framework-undoes
# rule: FRZ504
# line: 22
# truth: set_adapter() makes the frozen first adapter trainable again; it moves with the second stage
import torch
from peft import LoraConfig, get_peft_model
from transformers import GPT2Config, GPT2LMHeadModel


def lora(r):
    return LoraConfig(r=r, target_modules=["c_attn"], fan_in_fan_out=True, task_type="CAUSAL_LM")


torch.manual_seed(0)
base = GPT2LMHeadModel(GPT2Config(vocab_size=24, n_embd=16, n_layer=1, n_head=2, n_positions=16))
model = get_peft_model(base, lora(2), adapter_name="general")
model.add_adapter("domain", lora(4))
for name, param in model.named_parameters():
    if "general" in name:
        param.requires_grad = False
model.base_model.set_adapter(["general", "domain"])
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
model.train()
for _ in range(3):
    ids = torch.randint(0, 24, (2, 8))
    loss = model(input_ids=ids, labels=ids).loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
