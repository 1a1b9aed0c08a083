def set_bn_eval(m):
    if m.__class__.__name__.find("BatchNorm") != -1:
        m.eval()
        for p in m.parameters():
            p.requires_grad = False
