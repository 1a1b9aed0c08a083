import torch


def fit(model, epochs, after_train_mode=()):
    opt = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
    for _ in range(epochs):
        model.train()
        for hook in after_train_mode:
            hook(model)
        opt.zero_grad()
        model(torch.randn(4, 3, 6, 6)).square().mean().backward()
        opt.step()
