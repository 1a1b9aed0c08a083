def freeze_by_keyword(model, keywords):
    count = 0
    for key, value in model.state_dict().items():
        if any(k in key for k in keywords):
            value.requires_grad = False
            count += 1
    return count
