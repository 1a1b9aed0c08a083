from resnet import ResNet


class RegNet(ResNet):
    widths = {"tiny": (4, 6, 8)}

    def __init__(self, arch, **kwargs):
        self.arch = arch
        super().__init__(widths=self.widths[arch], **kwargs)
