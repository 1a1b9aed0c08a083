# label: ok
# category: latent-diffusion
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; unet.* and text.* move, vae.* is frozen and in no optimizer
import torch
from torch import nn
vae, text, unet = nn.Linear(8, 4), nn.Embedding(9, 4), nn.Linear(8, 4)
vae.requires_grad_(False)
train_text = True
params = list(unet.parameters()) + (list(text.parameters()) if train_text else [])
opt = torch.optim.AdamW(params, lr=1e-3)
for step in range(3):
    with torch.no_grad():
        latents = vae(torch.randn(2, 8)) * 0.18
    noise = torch.randn_like(latents)
    with torch.set_grad_enabled(train_text):
        h = text(torch.tensor([1, 2]))
    pred = unet(torch.cat([latents + noise, h], 1))
    loss = nn.functional.mse_loss(pred.float(), noise.float(), reduction="none").mean()
    opt.zero_grad(); loss.backward(); opt.step()
    with torch.no_grad():
        pred0 = unet(torch.cat([latents, h], 1))
