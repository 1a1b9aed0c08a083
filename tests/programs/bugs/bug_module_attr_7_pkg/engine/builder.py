from .segnet import SegNet


def build_model(cfg):
    net = SegNet()
    _apply_freeze(net, cfg.get("freeze", ()))
    return net


def _apply_freeze(net, names):
    for name, layer in net.named_children():
        if name in names:
            setattr(layer, "requires_grad", False)
