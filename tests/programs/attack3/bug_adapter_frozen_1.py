# label: bug
# category: adapter-frozen
# rule: FRZ503
# line: 23
# truth: the blanket freeze after get_peft_model takes the LoRA weights with it; only the classifier outside trains
import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import BertConfig, BertModel


class SentimentModel(nn.Module):
    def __init__(self, r=2, n_labels=2):
        super().__init__()
        config = BertConfig(vocab_size=30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                            intermediate_size=16, max_position_embeddings=16)
        lora = LoraConfig(r=r, lora_alpha=2 * r, target_modules=["query", "value"], lora_dropout=0.0)
        self.bert = get_peft_model(BertModel(config), lora)
        self.classifier = nn.Linear(config.hidden_size, n_labels)

    def freeze_base(self):
        for param in self.bert.parameters():
            param.requires_grad = False

    def forward(self, ids):
        return self.classifier(self.bert(input_ids=ids).last_hidden_state[:, 0])


model = SentimentModel()
model.freeze_base()
trainable = [p for p in model.parameters() if p.requires_grad]
print(sum(p.numel() for p in trainable), "trainable")
optimizer = torch.optim.AdamW(trainable, lr=1e-3)
model.train()
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 30, (4, 6))), torch.tensor([0, 1, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
