def count(params):
    return sum(p.numel() for p in params)


def make_groups(net, lr):
    new = (p for p in net.new.parameters() if p.requires_grad)
    print(f"{count(new)} new weights")
    return [
        {"params": net.pretrained.parameters(), "lr": lr / 10},
        {"params": new, "lr": lr},
    ]
