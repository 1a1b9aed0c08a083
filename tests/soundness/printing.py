"""Writes programs of the abstract syntax as Python.

With `looks`, every statement is followed by `print("look", ...)` of the model and its optimizers: the analysis takes it
as what it is, a call that leaves them alone, and knows the objects; the run has another `print`, which reads their
state.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import msgspec

from tests.soundness import syntax as s
from tests.soundness.writing import LAYERS, Scope, Writer

OPTIMIZERS = {
    "SGD": "torch.optim.SGD({}, lr=0.01)",
    "Momentum": "torch.optim.SGD({}, lr=0.01, momentum=0.9, weight_decay=0.1)",
    "Adam": "torch.optim.Adam({}, lr=0.01)",
    "AdamW": "torch.optim.AdamW({}, lr=0.01)",
}
_STEP = "run(torch.randn(4, 4)).pow(2).sum()"


def source(program: s.Program, *, looks: bool) -> str:
    """The program as Python."""
    return _Printer(program, looks).text()


class _Printer(Writer):
    # --- the whole ----------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """All of it: the acts first, since they need helpers and methods."""
        program = self._program
        with self._block() if program.main else contextlib.nullcontext():
            self._line(f"net = {program.classes[-1].name}()")
            self._look()
            self._acts(program.acts)
        body, self._lines = self._lines, []
        for name in ("argparse", "copy", "itertools", "json", "os", "re", "sys"):
            self._line(f"import {name}")
        self._line("from collections import OrderedDict", "", "import torch", "from torch import nn", "")
        for each in program.classes:
            self._class(each)
        self._option_reading()
        self._lines += self._helpers
        if program.main:
            self._line("", "def main():")
        self._lines += body
        if program.main:
            self._line("", "", 'if __name__ == "__main__":', "    main()")
        return "\n".join(self._lines) + "\n"

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _acts(self, acts: Sequence[s.Act]) -> None:
        for act in acts:
            self._act(act)
            self._look()

    def _act(self, act: s.Act) -> None:
        match act:
            case s.Flags():
                self._flags(act)
            case s.Whole(way=way, value=value, how=how):
                self._whole(self._at(way), value, how)
            case s.One(way=way, name=name, value=value):
                self._line(f"{self._at(way)}.{name}.requires_grad = {value}")
            case s.Mode():
                self._mode(act)
            case s.Build():
                self._build(act)
            case s.AddGroup(number=number, way=way, filtered=filtered):
                chosen = f"{self._at(way)}.parameters()"
                chosen = f"[p for p in {chosen} if p.requires_grad]" if filtered else chosen
                self._line(f'opt{number}.add_param_group({{"params": {chosen}}})')
            case s.Replace() | s.Append() | s.Rewrap() | s.Tie() | s.Load():
                self._change(act)
            case s.Train(number=number, how=how):
                self._train(number, how)
            case s.Evaluate(back=back):
                self._line(f"{self._scope.run}.eval()")
                with self._block("with torch.no_grad():"):
                    self._line(f"{self._scope.run}(torch.randn(4, 4))")
                if back:
                    self._line(f"{self._scope.run}.train()")
            case s.Copy(deep=deep, frozen=frozen):
                self._line(f"other = {'copy.deepcopy(net)' if deep else f'{self._program.classes[-1].name}()'}")
                if frozen:
                    with self._block("for parameter in other.parameters():"):
                        self._line("parameter.requires_grad_(False)")
                    self._line("other.eval()")
                self._sees("other")
            case s.Wrap(how=how):
                self._wrap(how)
            case s.Branch(test=test, then=then, other=other):
                with self._block(f"if {self._test(test)}:"):
                    self._acts(then)
                if other:
                    with self._block("else:"):
                        self._acts(other)
            case s.Epochs():
                self._epochs(act)
            case s.Within():
                self._within(act)
            case s.Each():
                self._each(act)

    def _sees(self, name: str) -> None:
        self._scope = msgspec.structs.replace(self._scope, seen=tuple(dict.fromkeys((*self._scope.seen, name))))

    def _test(self, test: s.Test) -> str:
        match test.kind:
            case "option":
                text = self._option(test.number)
            case "known":
                text = "True"
            case "is":
                text = f"epoch == {test.number}"
            case "from":
                text = f"epoch >= {test.number}"
            case _:
                text = "epoch % 2 == 1"
        return (
            f"not {text}" if test.negated and test.kind != "is" else text.replace("==", "!=") if test.negated else text
        )

    def _names(self, names: s.Names, name: str = "name") -> str:
        first = names.texts[0]
        match names.how:
            case "in":
                return f'"{first}" in {name}'
            case "not in":
                return f'"{first}" not in {name}'
            case "startswith" | "endswith":
                return f'{name}.{names.how}("{first}")'
            case "==":
                return f'{name} == "{first}"'
            case "any":
                return f"any(text in {name} for text in {list(names.texts)})"
            case "re":
                return f're.search(r"{first}", {name})'
            case _:
                return f"{name} in {names.texts}"

    def _flags(self, act: s.Flags) -> None:
        target, select = self._at(act.way), act.select
        test = self._names(select.names) if select.names is not None else ""
        if select.how in ("apply", "recursive"):
            self._walk(act, target)
            return
        parameters = f"{target}.parameters()"
        bounds = f"[{'' if select.start is None else select.start}:{'' if select.stop is None else select.stop}]"
        picked = f"if {test}:" if test and act.value != "test" else ""
        headers, parameter = {
            "all": ([f"for p in {parameters}:"], "p"),
            "named": ([f"for name, p in {target}.named_parameters():", picked], "p"),
            "continue": ([f"for name, p in {target}.named_parameters():", f"if not ({test}):\n    continue"], "p"),
            "class": (
                [f"for module in {target}.modules():", f"if isinstance(module, {self._cls(select.cls)}):",
                 "for p in module.parameters():"], "p",
            ),
            "slice": ([f"for p in list({parameters}){bounds}:"], "p"),
            "enumerate": ([f"for number, p in enumerate({parameters}):", f"if number < {select.stop}:"], "p"),
            "children": ([f"for child in list({target}.children()){bounds}:", "for p in child.parameters():"], "p"),
            "named_children": (
                [f"for name, child in {target}.named_children():", picked, "for p in child.parameters():"], "p"
            ),
            "trainable": ([f"for p in {parameters}:", "if p.requires_grad:"], "p"),
            "filter": ([f"for p in filter(lambda p: p.requires_grad, {parameters}):"], "p"),
            "dims": ([f"for p in {parameters}:", "if p.dim() == 1:"], "p"),
            "own": ([f"for p in {target}.parameters(recurse=False):"], "p"),
            "dict": ([f"table = dict({target}.named_parameters())\nfor name in table:", picked], "table[name]"),
            "modules": ([f"for module in {target}.modules():", "for p in module.parameters(recurse=False):"], "p"),
            "named_modules": (
                [f"for name, module in {target}.named_modules():", picked, "for p in module.parameters():"], "p"
            ),
        }[select.how]  # fmt: skip
        self._nested([each for each in headers if each], self._write(act, parameter))

    def _cls(self, cls: str) -> str:
        return f"nn.{cls}" if cls in LAYERS else f"({cls})"

    def _write(self, act: s.Flags, parameter: str) -> str:
        value = {
            "not": f"not {parameter}.requires_grad",
            "option": self._option(act.option) if act.value == "option" else "",
            "test": f"bool({self._names(act.select.names)})" if act.select.names is not None else "",
        }.get(act.value, act.value)
        match act.how:
            case "method":
                return f"{parameter}.requires_grad_({value})"
            case "setattr":
                return f'setattr({parameter}, "requires_grad", {value})'
            case _:
                return f"{parameter}.requires_grad = {value}"

    def _walk(self, act: s.Flags, target: str) -> None:
        name = f"walk{next(self._count)}"
        checked, recursive = f"isinstance(module, {self._cls(act.select.cls)})", act.select.how == "recursive"
        with self._apart(self._helpers, 0, self._scope), self._block(f"def {name}(module):"):
            if recursive:
                with self._block(f"if {checked}:"):
                    self._nested(["for p in module.parameters():"], self._write(act, "p"))
                    self._line("return")
                self._nested(["for child in module.children():"], f"{name}(child)")
            else:
                self._nested([f"if {checked}:", "for p in module.parameters():"], self._write(act, "p"))
        self._helpers += ["", ""]
        self._line(f"{name}({target})" if recursive else f"{target}.apply({name})")

    def _whole(self, target: str, value: bool, how: str) -> None:
        inner = f"p.requires_grad_({value})"
        self._line({
            "method": f"{target}.requires_grad_({value})",
            "plain": f"{target}.requires_grad = {value}",
            "map": f"list(map(lambda p: {inner}, {target}.parameters()))",
            "lazy": f"map(lambda p: {inner}, {target}.parameters())",
            "list": f"[{inner} for p in {target}.parameters()]",
        }[how])  # fmt: skip

    def _mode(self, act: s.Mode) -> None:
        target = self._at(act.way) if act.way or self._scope.root != "net" else self._scope.run
        call = "train()" if act.value else "eval()"
        check = f"if isinstance(module, {self._cls(act.cls)}):"
        match act.how:
            case "call":
                self._line(f"{target}.{call}")
            case "argument":
                self._line(f"{target}.train({act.value})")
            case "flag":
                self._line(f"{target}.training = {act.value}")
            case "apply":
                name = f"mode{next(self._count)}"
                with self._apart(self._helpers, 0, self._scope), self._block(f"def {name}(module):"):
                    self._nested([check], f"module.{call}")
                self._helpers += ["", ""]
                self._line(f"{target}.apply({name})")
            case _:
                self._nested([f"for module in {target}.modules():", check], f"module.{call}")

    def _build(self, act: s.Build) -> None:
        made, first = OPTIMIZERS[act.cls], f"{self._at(act.ways[0])}.parameters()"
        lists = [f"list({self._at(way)}.parameters())" for way in act.ways]
        groups = ", ".join(f'{{"params": {self._at(way)}.parameters()}}' for way in act.ways)
        named = f"{self._at(act.ways[0])}.named_parameters()"
        name = f"opt{act.number}"
        match act.how:
            case "parameters":
                given = first if len(lists) == 1 else " + ".join(lists)
            case "filter":
                given = f"filter(lambda p: p.requires_grad, {first})"
            case "comprehension":
                given = f"[p for p in {first} if p.requires_grad]"
            case "names":
                assert act.names is not None
                given = f"[p for name, p in {named} if {self._names(act.names)}]"
            case "generator":
                self._line(f"chosen = (p for p in {first} if p.requires_grad)")
                given = "chosen"
            case "chain":
                given = f"itertools.chain({', '.join(f'{self._at(way)}.parameters()' for way in act.ways)})"
            case "decay":
                self._line("decay, rest = [], []")
                with self._block(f"for name, p in {named}:"):
                    self._nested(["if not p.requires_grad:"], "continue")
                    self._nested(['if name.endswith("bias"):'], "rest.append(p)")
                    self._nested(["else:"], "decay.append(p)")
                given = '[{"params": decay}, {"params": rest, "weight_decay": 0.0}]'
            case "helper":
                helper = f"make{next(self._count)}"
                with self._apart(self._helpers, 0, self._scope), self._block(f"def {helper}(model):"):
                    self._line("trainable = [p for p in model.parameters() if p.requires_grad]")
                    self._line(f"return {made.format('trainable')}", "", "")
                self._line(f"{name} = {helper}({self._at(act.ways[0])})")
                self._sees(name)
                return
            case _:
                given = f"[{groups}]"
        self._line(f"{name} = {made.format(given)}")
        self._sees(name)

    def _change(self, act: s.Replace | s.Append | s.Rewrap | s.Tie | s.Load) -> None:
        target = self._at(act.way)
        match act:
            case s.Replace(way=(*above, last), how="setattr") if isinstance(self._part(tuple(above)), s.Own):
                self._line(f'setattr({self._at(tuple(above))}, "{last}", {LAYERS[act.cls]})')
            case s.Replace():
                self._line(f"{target} = {LAYERS[act.cls]}")
            case s.Append(how="extend"):
                self._line(f"{target}.extend([{LAYERS[act.cls]}])")
            case s.Append(how="add_module"):
                self._line(f'{target}.add_module("9", {LAYERS[act.cls]})')
            case s.Append():
                self._line(f"{target}.append({LAYERS[act.cls]})")
            case s.Rewrap(how="new"):
                self._line(f"{target}.weight = nn.Parameter(torch.ones(4, 4))")
            case s.Rewrap(how="same"):
                self._line(f"{target}.weight = nn.Parameter({target}.weight.data)")
            case s.Rewrap():
                kept = f"{target}.weight.data.clone(), requires_grad={target}.weight.requires_grad"
                self._line(f"{target}.weight = nn.Parameter({kept})")
            case s.Tie(other=other):
                self._line(f"{target}.weight = {self._at(other)}.weight")
            case s.Load():
                self._line(f"{target}.load_state_dict({target}.state_dict())")

    def _train(self, number: int, how: str) -> None:
        steps = ["optimizer.zero_grad()", f"loss = {_STEP}", "loss.backward()"]
        here = [each.replace("optimizer", f"opt{number}").replace("run(", f"{self._scope.run}(") for each in steps]
        match how:
            case "inline":
                self._line(*here, f"opt{number}.step()")
            case "two":
                with self._block("for _ in range(2):"):
                    self._line(*here, f"opt{number}.step()")
            case "closure":
                with self._block("def closure():"):
                    self._line(*here, "return loss")
                self._line(f"opt{number}.step(closure)")
            case _:
                if "def train_step(run, optimizer):" not in self._helpers:
                    with self._apart(self._helpers, 0, self._scope), self._block("def train_step(run, optimizer):"):
                        self._line(*steps, "optimizer.step()", "", "")
                self._line(f"train_step({self._scope.run}, opt{number})")

    def _wrap(self, how: str) -> None:
        if how == "own" and "class Wrapper(nn.Module):" not in self._helpers:
            with self._apart(self._helpers, 0, self._scope), self._block("class Wrapper(nn.Module):"):
                with self._block("def __init__(self, inner):"):
                    self._line("super().__init__()", "self.inner = inner", "")
                with self._block("def forward(self, x):"):
                    self._line("return self.inner(x)", "", "")
        run = self._scope.run
        made = {"parallel": f"nn.DataParallel({run})", "own": f"Wrapper({run})"}
        self._line(f"model = {made.get(how, f'nn.Sequential({run}, nn.Linear(4, 4))')}")
        self._scope = msgspec.structs.replace(self._scope, run="model")
        self._sees("model")

    def _epochs(self, act: s.Epochs) -> None:
        match act.how:
            case "while":
                self._line("epoch = 0")
                header = f"while epoch < {act.count}:"
            case "list":
                header = f"for epoch in {list(range(act.count))}:"
            case _:
                header = f"for epoch in range({act.count}):"
        with self._block(header):
            self._look()
            self._acts(act.acts)
            if act.how == "while":
                self._line("epoch += 1")

    def _within(self, act: s.Within) -> None:
        target, part = self._at(act.way), self._part(act.way)
        number = next(self._count)

        def inner(root: str) -> Scope:
            return Scope(root, part, root, (root,))

        match act.how:
            case "function" | "early":
                with self._apart(self._helpers, 0, inner("part")), self._block(f"def act{number}(part):"):
                    if act.how == "early":
                        test = self._option(0) if self._program.options else "isinstance(part, nn.Linear)"
                        self._nested([f"if {test}:"], "return")
                    self._look()
                    self._acts(act.acts)
                self._helpers += ["", ""]
                self._line(f"act{number}({target})")
            case "method":
                with self._apart(self._methods, 1, inner("self")), self._block(f"def act{number}(self):"):
                    self._acts(act.acts)
                self._methods += [""]
                self._line(f"{target}.act{number}()")
            case "object":
                with self._apart(self._helpers, 0, inner("self.part")), self._block(f"class Act{number}:"):
                    with self._block("def __init__(self, part):"):
                        self._line("self.part = part", "")
                    with self._block("def run(self):"):
                        self._acts(act.acts)
                self._helpers += ["", ""]
                self._line(f"Act{number}({target}).run()")
            case "with" | "try":
                with self._block("with torch.no_grad():" if act.how == "with" else "try:"):
                    self._inside(part, target, act.acts)
                if act.how == "try":
                    self._nested(["except ValueError:"], "raise")
            case _:
                alias = f"part{number}"
                got = f'net.get_submodule("{".".join(act.way)}")' if act.how == "submodule" else target
                self._line(f"{alias} = {got}")
                self._inside(part, alias, act.acts)

    def _inside(self, part: s.Part, root: str, acts: Sequence[s.Act]) -> None:
        outer = self._scope
        self._scope = Scope(root, part, root, (*outer.seen, root))
        self._acts(acts)
        self._scope = outer

    def _each(self, act: s.Each) -> None:
        parts = [self._at(way) for way in act.ways]
        write = f"part.{'train' if act.value else 'eval'}()" if act.mode else f"part.requires_grad_({act.value})"
        match act.how:
            case "names":
                names = [way[0] for way in act.ways if len(way) == 1]
                write = write.replace("part.", f"getattr({self._scope.root}, name).", 1)
                header = f"for name in {names}:"
            case "zip":
                header = f"for part, _ in zip([{', '.join(parts)}], range(9)):"
            case "tuple":
                header = f"for part in ({', '.join(parts)},):"
            case _:
                self._line(f"parts = [{', '.join(parts)}]")
                header = "for part in parts:"
        self._nested([header], write)
