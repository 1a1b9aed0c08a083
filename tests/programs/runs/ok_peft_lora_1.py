# label: ok
# category: adapter-and-classifier
# rule: FRZ503, FRZ204
# truth: the adapter and the saved classifier are what the optimizer holds, and both move
import torch
from peft import LoraConfig, TaskType, get_peft_model
from transformers import BertConfig, BertForSequenceClassification

torch.manual_seed(0)
base = BertForSequenceClassification(
    BertConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=2,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )
)
for param in base.parameters():
    param.requires_grad = False
model = get_peft_model(base, LoraConfig(task_type=TaskType.SEQ_CLS, r=4, target_modules=["query", "value"]))
model.print_trainable_parameters()
matrix = next(p for n, p in model.named_parameters() if "lora_B" in n)
before = matrix.detach().clone()
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for _ in range(3):
    model.train()
    out = model(input_ids=torch.randint(0, 50, (4, 6)), labels=torch.randint(0, 2, (4,)))
    out.loss.backward()
    optimizer.step()
    optimizer.zero_grad()
