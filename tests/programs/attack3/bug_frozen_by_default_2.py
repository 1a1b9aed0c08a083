# label: bug
# category: frozen-by-default
# rule: FRZ122
# line: 33
# truth: PeftModel.from_pretrained loads the adapter frozen (is_trainable=False); only the probe outside moves
import tempfile

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch import nn
from transformers import BertConfig, BertModel


def tiny_bert():
    return BertModel(BertConfig(vocab_size=30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                                intermediate_size=16, max_position_embeddings=16))


class Ranker(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.score = nn.Linear(16, 1)

    def forward(self, ids):
        return self.score(self.encoder(input_ids=ids).last_hidden_state[:, 0])


adapter_dir = tempfile.mkdtemp()
get_peft_model(tiny_bert(), LoraConfig(r=2, target_modules=["query", "value"])).save_pretrained(adapter_dir)

# continue training the adapter of the first stage
encoder = PeftModel.from_pretrained(tiny_bert(), adapter_dir)
ranker = Ranker(encoder)
optimizer = torch.optim.AdamW(ranker.parameters(), lr=1e-3)
ranker.train()
for _ in range(2):
    pos, neg = torch.randint(0, 30, (2, 5)), torch.randint(0, 30, (2, 5))
    loss = nn.functional.margin_ranking_loss(ranker(pos), ranker(neg), torch.ones(2, 1), margin=1.0)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
