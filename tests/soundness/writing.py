"""The lines of a printed program: blocks, its options, its classes and the ways to their parts."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import msgspec

from tests.soundness import syntax as s

LAYERS = {
    "Linear": "nn.Linear(4, 4)",
    "Bare": "nn.Linear(4, 4, bias=False)",
    "BatchNorm1d": "nn.BatchNorm1d(4)",
    "Plain": "nn.BatchNorm1d(4, affine=False)",
    "InstanceNorm1d": "nn.InstanceNorm1d(4, affine=True, track_running_stats=True)",
    "LayerNorm": "nn.LayerNorm(4)",
    "GroupNorm": "nn.GroupNorm(2, 4)",
    "Dropout": "nn.Dropout(0.5)",
    "PReLU": "nn.PReLU()",
    "ReLU": "nn.ReLU()",
    "Identity": "nn.Identity()",
    "Transformer": "nn.TransformerEncoderLayer(4, 2, 8)",
}


class Scope(msgspec.Struct, frozen=True):
    """Names at hand: of the root that ways start at, with its part; of what runs forward; what else is looked at."""

    root: str
    part: s.Part
    run: str
    seen: tuple[str, ...]


class Writer:
    """Writes the lines of a program."""

    def __init__(self, program: s.Program, looks: bool) -> None:
        self._program = program
        self._looks = looks
        self._lines: list[str] = []
        self._helpers: list[str] = []
        self._methods: list[str] = []
        self._depth = 0
        self._count = itertools.count(1)
        self._scope = Scope("net", s.Own(len(program.classes) - 1), "net", ("net",))

    def _nested(self, headers: list[str], statement: str) -> None:
        with contextlib.ExitStack() as blocks:
            for header in headers:
                if not header.endswith(":"):
                    self._line(*header.split("\n"))
                    continue
                *before, last = header.split("\n")
                self._line(*before)
                blocks.enter_context(self._block(last))
            self._line(statement)

    def _option_reading(self) -> None:
        numbers = range(len(self._program.options))
        if not numbers:
            return
        match self._program.style:
            case "argparse":
                self._line("parser = argparse.ArgumentParser()")
                self._line(*(f'parser.add_argument("--option{n}", action="store_true")' for n in numbers))
                self._line("args = parser.parse_args()")
            case "json":
                self._line("options = json.loads(sys.argv[1])")
        self._line("")

    def _option(self, number: int) -> str:
        match self._program.style:
            case "known":
                return str(self._program.options[number])
            case "argparse":
                return f"args.option{number}"
            case "json":
                return f'options["option{number}"]'
            case _:
                return f'(os.environ["OPTION{number}"] == "1")'

    # --- lines --------------------------------------------------------------------------------------------------------

    def _line(self, *texts: str) -> None:
        self._lines += ["    " * self._depth + text if text else "" for text in texts]

    @contextlib.contextmanager
    def _block(self, header: str = "") -> Iterator[None]:
        if header:
            self._line(header)
        self._depth += 1
        before = len(self._lines)
        yield
        if len(self._lines) == before:
            self._line("pass")
        self._depth -= 1

    @contextlib.contextmanager
    def _apart(self, into: list[str], depth: int, scope: Scope) -> Iterator[None]:
        """What is written goes elsewhere: it is a function of its own."""
        here, self._lines, self._depth, old_depth = self._lines, [], depth, self._depth
        old_scope, self._scope = self._scope, scope
        yield
        into += self._lines
        self._lines, self._depth, self._scope = here, old_depth, old_scope

    def _look(self) -> None:
        if self._looks:
            self._line(f'print("look", {", ".join(self._scope.seen)})')

    # --- models -------------------------------------------------------------------------------------------------------

    def _made(self, part: s.Part) -> str:
        match part:
            case s.Leaf(cls=cls):
                return LAYERS[cls]
            case s.Own(cls=number):
                return f"{self._program.classes[number].name}()"
            case s.Same(name=name):
                return f"self.{name}"
            case s.Row(kind="Sequential"):
                return f"nn.Sequential({', '.join(self._made(each) for each in part.parts)})"
            case s.Row(kind="ModuleList"):
                return f"nn.ModuleList([{', '.join(self._made(each) for each in part.parts)}])"
            case s.Row(kind="Named"):
                pairs = ", ".join(f'("{name}", {self._made(child)})' for name, child in s.named(part))
                return f"nn.Sequential(OrderedDict([{pairs}]))"
            case s.Row():
                pairs = ", ".join(f'"{name}": {self._made(child)}' for name, child in s.named(part))
                return f"nn.ModuleDict({{{pairs}}})"

    def _class(self, cls: s.Class) -> None:
        with self._block(f"class {cls.name}(nn.Module):"):
            with self._block("def __init__(self):"):
                self._line("super().__init__()")
                self._line(*(f"self.{field.name} = {self._made(field.part)}" for field in cls.fields))
                for name in cls.frozen:
                    with self._block(f"for parameter in self.{name}.parameters():"):
                        self._line("parameter.requires_grad = False")
            self._line("")
            with self._block("def forward(self, x):"):
                for field in cls.fields:
                    self._use(field)
                self._line("return x")
            if cls.resting:
                self._line("")
                with self._block("def train(self, mode=True):"):
                    self._line("super().train(mode)", *(f"self.{name}.eval()" for name in cls.resting), "return self")
            if cls is self._program.classes[-1]:
                self._lines += self._methods
        self._line("", "")

    def _use(self, field: s.Field) -> None:
        part = field.part
        if isinstance(part, s.Same):
            part = next(each.part for each in self._field_owner(field).fields if each.name == part.name)
        run = [f"x = self.{field.name}(x)"]
        if isinstance(part, s.Row) and part.kind == "ModuleList":
            run = [f"for layer in self.{field.name}:", "    x = layer(x)"]
        if isinstance(part, s.Row) and part.kind == "ModuleDict":
            run = [f"for layer in self.{field.name}.values():", "    x = layer(x)"]
        match field.use:
            case "no_grad":
                with self._block("with torch.no_grad():"):
                    self._line(*run)
            case "detach":
                self._line(*run, "x = x.detach()")
            case "":
                self._line(*run)

    def _field_owner(self, field: s.Field) -> s.Class:
        return next(each for each in self._program.classes if field in each.fields)

    def _at(self, way: s.Way, scope: Scope | None = None) -> str:
        """The part at a way, as an expression."""
        scope = self._scope if scope is None else scope
        text, part = scope.root, scope.part
        for key in way:
            match part:
                case s.Row(kind="Sequential" | "ModuleList"):
                    text += f"[{key}]"
                case s.Row(kind="ModuleDict"):
                    text += f'["{key}"]'
                case _:
                    text += f".{key}"
            part = dict(s.children(self._program.classes, part)).get(key, part)
        return text

    def _part(self, way: s.Way) -> s.Part:
        part = self._scope.part
        for key in way:
            part = dict(s.children(self._program.classes, part))[key]
        return part
