from utils import AverageMeter, set_bn_eval


def train_one_epoch(model, criterion, loader, optimizer, cfg):
    model.train()
    meter = AverageMeter()
    for img, depth in loader:
        loss = criterion(model(img), depth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        meter.update(loss.item(), len(img))
    return meter.avg
