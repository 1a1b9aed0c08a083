# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 33
# truth: the linear warm-up schedule (a LambdaLR) knows one group; after the unfreeze its step() raises
# raises: ValueError
import torch
from torch import nn
from transformers import BertConfig, BertModel, get_linear_schedule_with_warmup


class Matcher(nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = BertModel(BertConfig(vocab_size=30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                                         intermediate_size=16, max_position_embeddings=16))
        self.cls = nn.Linear(16, 2)

    def forward(self, ids):
        return self.cls(self.bert(input_ids=ids).pooler_output)


def main():
    model = Matcher()
    model.bert.requires_grad_(False)
    model.bert.eval()
    optimizer = torch.optim.AdamW(model.cls.parameters(), lr=1e-3)
    scheduler = get_linear_schedule_with_warmup(optimizer, 1, 8)
    for epoch in range(3):
        if epoch == 1:
            model.bert.train()
            model.bert.requires_grad_(True)
            optimizer.add_param_group({"params": model.bert.parameters(), "lr": 2e-5})
        for _ in range(2):
            loss = nn.functional.cross_entropy(model(torch.randint(0, 30, (2, 6))), torch.tensor([0, 1]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()


main()
