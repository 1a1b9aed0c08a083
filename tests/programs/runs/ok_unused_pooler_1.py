# label: ok
# category: output-that-is-not-used
# rule: FRZ401, FRZ211
# truth: the pooler runs and its output is not used, which cuts nothing off; encoder and tagger move
import torch
from torch import nn
from transformers import BertConfig, BertModel

torch.manual_seed(0)
bert = BertModel(
    BertConfig(
        vocab_size=30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )
)
tagger = nn.Linear(16, 5)
bert.embeddings.requires_grad_(False)
optimizer = torch.optim.AdamW(
    [{"params": [p for p in bert.parameters() if p.requires_grad]}, {"params": tagger.parameters(), "lr": 1e-2}], lr=1e-3
)
start = tagger.weight.detach().clone()
for _ in range(2):
    hidden = bert(input_ids=torch.randint(0, 30, (2, 6))).last_hidden_state
    loss = nn.functional.cross_entropy(tagger(hidden).flatten(0, 1), torch.randint(0, 5, (12,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
