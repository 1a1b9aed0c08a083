# label: ok
# category: resize-vocab-after-adam
# rule: FRZ204
# truth: the embeddings are resized before the optimizer is built
import torch
from transformers import GPT2Config, GPT2LMHeadModel

SPECIAL = ["<user>", "<bot>", "<pad>"]


class CharTokenizer:
    def __init__(self, text):
        self.itos = sorted(set(text))

    def add_special_tokens(self, tokens):
        self.itos = self.itos + [t for t in tokens if t not in self.itos]

    def __len__(self):
        return len(self.itos)

    def __call__(self, text):
        return torch.tensor([[self.itos.index(c) for c in text]])


text = "hello world how are you today"
tok = CharTokenizer(text)
torch.manual_seed(0)
config = GPT2Config(vocab_size=len(tok), n_positions=32, n_embd=8, n_layer=2, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
                    bos_token_id=0, eos_token_id=0)
model = GPT2LMHeadModel(config)

# only the embeddings and the last block are tuned
for p in model.parameters():
    p.requires_grad = False
tok.add_special_tokens(SPECIAL)
model.resize_token_embeddings(len(tok))
for part in (model.transformer.wte, model.transformer.h[-1], model.transformer.ln_f):
    for p in part.parameters():
        p.requires_grad = True

no_decay = ["bias", "ln_"]
optimizer_grouped_parameters = [
    {
        "params": [p for n, p in model.named_parameters() if p.requires_grad and not any(nd in n for nd in no_decay)],
        "weight_decay": 0.01,
    },
    {
        "params": [p for n, p in model.named_parameters() if p.requires_grad and any(nd in n for nd in no_decay)],
        "weight_decay": 0.0,
    },
]
optimizer = torch.optim.AdamW(optimizer_grouped_parameters, lr=1e-2)

model.train()
for step in range(3):
    ids = tok(text)
    out = model(input_ids=ids, labels=ids)
    out.loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    print(step, out.loss.item())
