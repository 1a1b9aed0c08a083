# label: bug
# category: uncalled
# rule: FRZ106
# line: nets/simple.py:11
# truth: iterating over the method parameters instead of calling it
# raises: TypeError
from config import get_config
from trainer import Trainer

if __name__ == "__main__":
    Trainer(get_config()).run()
