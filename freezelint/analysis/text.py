"""Source text of IR expressions, for messages, and small questions about statements."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.source import ir

_LONGEST = 60


def render(node: ir.Expression) -> str:
    """The expression as the user would write it on one line, shortened where it is long."""
    text = _render(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def is_display(node: ir.Expression) -> bool:
    """Whether an expression makes a new collection of literals and names, and does nothing else."""
    match node:
        case ir.Sequence() | ir.DictDisplay():
            return _is_plain(node)
        case ir.Call(func=ir.Name(id=name), args=args):
            return name in _MAKERS and all(_is_plain(arg.value) for arg in args)
        case _:
            return False


_MAKERS = frozenset({"set", "frozenset", "list", "dict", "tuple", "field", "defaultdict", "OrderedDict"})


def _is_plain(node: ir.Expression | None) -> bool:
    match node:
        case None | ir.Const() | ir.Name():
            return True
        case ir.Attribute(value=value) | ir.Starred(value=value):
            return _is_plain(value)
        case ir.Unary(operand=operand):
            return _is_plain(operand)
        case ir.Sequence(elements=elements):
            return all(_is_plain(each) for each in elements)
        case ir.DictDisplay(keys=keys, values=values):
            return all(_is_plain(each) for each in (*keys, *values))
        case _:
            return is_display(node)


def _render(node: ir.Expression | None) -> str:
    match node:
        case None:
            return ""
        case ir.Name(id=name):
            return name
        case ir.Const(value=value):
            return "..." if value is Ellipsis else repr(value)
        case ir.Attribute(value=value, attr=attr):
            return f"{_render(value)}.{attr}"
        case ir.Subscript(value=value, index=ir.Sequence(kind="tuple", elements=elements)):
            return f"{_render(value)}[{', '.join(_render(each) for each in elements)}]"
        case ir.Subscript(value=value, index=index):
            return f"{_render(value)}[{_render(index)}]"
        case ir.Slice(lower=lower, upper=upper, step=step):
            return f"{_render(lower)}:{_render(upper)}" + (f":{_render(step)}" if step is not None else "")
        case ir.Call(func=func, args=args):
            inner = ", ".join(
                f"{arg.keyword}={_render(arg.value)}" if arg.keyword else f"{arg.star}{_render(arg.value)}"
                for arg in args
            )
            return f"{_render(func)}({inner})"
        case ir.BoolOp(op=op, operands=operands):
            return f" {op} ".join(_render(each) for each in operands)
        case ir.Unary(op=op, operand=operand):
            return f"not {_render(operand)}" if op == "not" else f"{op}{_render(operand)}"
        case ir.Binary(op=op, left=left, right=right):
            return f"{_render(left)} {op} {_render(right)}"
        case ir.Compare(left=left, ops=ops, comparators=comparators):
            return _render(left) + "".join(f" {op} {_render(c)}" for op, c in zip(ops, comparators, strict=True))
        case ir.Conditional(test=test, body=body, orelse=orelse):
            return f"{_render(body)} if {_render(test)} else {_render(orelse)}"
        case ir.Sequence(kind=kind, elements=elements):
            inner = ", ".join(_render(each) for each in elements)
            return {"list": f"[{inner}]", "set": f"{{{inner}}}"}.get(kind, f"({inner})")
        case ir.Starred(value=value):
            return f"*{_render(value)}"
        case ir.Await(value=value):
            return f"await {_render(value)}"
        case ir.Walrus(target=target, value=value):
            return f"({target.id} := {_render(value)})"
        case ir.Lambda(body=body, parameters=parameters):
            return f"lambda {', '.join(each.name for each in parameters)}: {_render(body)}"
        case ir.DictDisplay():
            return "{...}"
        case ir.Comprehension(element=element, clauses=clauses):
            first = clauses[0]
            return f"[{_render(element)} for {_render(first.target)} in {_render(first.iterable)}]"
        case ir.FormattedString():
            return 'f"..."'
        case _:
            return "..."


def flatten_names(body: tuple[ir.Statement, ...]) -> Iterator[str]:
    """Names that a loop body counts up: `n += 1`, `n = n + 1`."""
    for statement in body:
        match statement:
            case ir.AugmentedAssign(target=ir.Name(id=name)):
                yield name
            case ir.Assign(targets=(ir.Name(id=name),), value=ir.Binary(left=ir.Name(id=left))) if left == name:
                yield name
            case ir.If(body=inner, orelse=orelse):
                yield from flatten_names(inner)
                yield from flatten_names(orelse)
            case _:
                pass


def picks_by(name: str, node: object) -> bool:
    """Whether a name picks something below `node`: in a subscript, in a string, as an argument of getattr."""
    return _picks(name, node, inside=False)


def _picks(name: str, node: object, *, inside: bool) -> bool:
    match node:
        case ir.Name(id=found):
            return inside and found == name
        case tuple():
            return any(_picks(name, each, inside=inside) for each in node)
        case ir.Subscript(value=value, index=index):
            return _picks(name, value, inside=inside) or _picks(name, index, inside=True)
        case ir.FormattedString(parts=parts):
            return _picks(name, parts, inside=True)
        case ir.Binary(op="%" | "+", left=left, right=right):
            text = isinstance(left, ir.Const) and isinstance(left.value, str)
            return _picks(name, (left, right), inside=inside or text)
        case ir.Call(func=func, args=args):
            picked = isinstance(func, ir.Name) and func.id in ("getattr", "setattr", "str")
            picked = picked or (isinstance(func, ir.Attribute) and func.attr == "format")
            return _picks(name, func, inside=inside) or any(
                _picks(name, arg.value, inside=inside or picked) for arg in args
            )
        case _ if hasattr(node, "__struct_fields__"):
            fields = node.__struct_fields__
            return any(_picks(name, getattr(node, field), inside=inside) for field in fields)
        case _:
            return False


def names_read(node: object) -> Iterator[str]:
    """The names that an expression reads, those of its own comprehensions among them."""
    match node:
        case ir.Name(id=name):
            yield name
        case tuple():
            for each in node:
                yield from names_read(each)
        case _ if hasattr(node, "__struct_fields__"):
            for field in node.__struct_fields__:
                yield from names_read(getattr(node, field))
        case _:
            pass
