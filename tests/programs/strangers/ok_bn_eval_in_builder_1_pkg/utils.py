def set_bn_eval(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm") != -1:
        m.eval()


class AverageMeter:
    def __init__(self):
        self.sum, self.count = 0.0, 0

    def update(self, v, n=1):
        self.sum, self.count = self.sum + v * n, self.count + n

    @property
    def avg(self):
        return self.sum / max(1, self.count)
