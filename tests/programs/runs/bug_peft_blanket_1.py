# label: bug
# category: adapter-frozen-with-base
# rule: FRZ503
# line: 22
# truth: the loop freezes the LoRA matrices with everything else: only the classifier trains
import torch
from peft import LoraConfig, get_peft_model
from transformers import BertConfig, BertForSequenceClassification

torch.manual_seed(0)


def lora_model():
    config = BertConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=2,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )
    base = BertForSequenceClassification(config)
    model = get_peft_model(base, LoraConfig(r=4, target_modules=["query", "value"], lora_dropout=0.0))
    # the base stays as it is
    for param in model.parameters():
        param.requires_grad = False
    for param in base.classifier.parameters():
        param.requires_grad = True
    return model


model = lora_model()
matrix = next(p for n, p in model.named_parameters() if "lora_A" in n)
before = matrix.detach().clone()
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for _ in range(3):
    ids = torch.randint(0, 50, (4, 6))
    out = model(input_ids=ids, labels=torch.randint(0, 2, (4,)))
    out.loss.backward()
    optimizer.step()
    optimizer.zero_grad()
