# label: ok
# category: exact-layer-names
# rule: FRZ113
# truth: the prefixes end in a dot: layers 0 and 1 are frozen and layer 10 moves
import torch
from transformers import BertConfig, BertForSequenceClassification

torch.manual_seed(0)
cfg = BertConfig(
    vocab_size=64, hidden_size=16, num_hidden_layers=12, num_attention_heads=2, intermediate_size=16,
    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)
model = BertForSequenceClassification(cfg)
frozen = tuple(f"bert.encoder.layer.{i}." for i in range(2)) + ("bert.embeddings.",)
for name, param in model.named_parameters():
    if name.startswith(frozen):
        param.requires_grad = False
tenth = model.bert.encoder.layer[10].output.dense.weight
before = tenth.detach().clone()
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: 1.0)
model.train()
for _ in range(2):
    model(input_ids=torch.randint(1, 60, (4, 6)), labels=torch.tensor([0, 1, 0, 1])).loss.backward()
    optimizer.step()
    scheduler.step()
    optimizer.zero_grad()
