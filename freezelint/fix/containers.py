"""Makes a plain collection of modules in an attribute a container of torch, which registers them."""

from __future__ import annotations

import libcst as cst

from freezelint.core.recipes import Register

from . import names
from .tree import Change, Refused, Tree

_LIST_METHODS = frozenset({"append", "extend", "insert"})
_DICT_METHODS = frozenset({"items", "keys", "values", "update", "pop", "clear"})
_READERS = frozenset({"len", "enumerate", "zip", "reversed", "list", "tuple", "iter", "map"})
_TAKEN = frozenset(
    {
        "add_module", "apply", "bfloat16", "buffers", "call_super_init", "children", "clear", "compile", "cpu",
        "cuda", "double", "dump_patches", "eval", "extra_repr", "float", "forward", "get_buffer", "get_extra_state",
        "get_parameter", "get_submodule", "half", "ipu", "items", "keys", "load_state_dict", "modules", "mtia",
        "named_buffers", "named_children", "named_modules", "named_parameters", "parameters", "pop",
        "register_backward_hook", "register_buffer", "register_forward_hook", "register_forward_pre_hook",
        "register_full_backward_hook", "register_full_backward_pre_hook", "register_load_state_dict_post_hook",
        "register_load_state_dict_pre_hook", "register_module", "register_parameter",
        "register_state_dict_post_hook", "register_state_dict_pre_hook", "requires_grad_", "set_extra_state",
        "set_submodule", "share_memory", "state_dict", "T_destination", "to", "to_empty", "train", "training",
        "type", "update", "values", "xpu", "zero_grad",
    }
)  # fmt: skip
"""Attributes of `nn.ModuleDict`, which no module in it can be called."""


def register(tree: Tree, recipe: Register) -> list[Change]:
    """The value that is assigned, put into a container; and its annotation, where it has one."""
    target = next((node for node in tree.at(recipe.span) if isinstance(node, cst.Attribute)), None)
    if target is None:
        raise Refused("it is no plain attribute")
    place = tree.parents[target]
    annotation: cst.Annotation | None = None
    match tree.parents[place] if isinstance(place, cst.AssignTarget) else place:
        case cst.Assign(targets=[_], value=value):
            pass
        case cst.AnnAssign(value=cst.BaseExpression() as value, annotation=cst.Annotation() as annotation):
            pass
        case _:
            raise Refused("it is assigned to several targets")
    _refuse_early(tree, tree.statement(target))
    _refuse_other_uses(tree, target, is_dict=_is_dict(value))
    nn, change = names.module_name(tree, "torch.nn")
    cls = f"{nn}.ModuleDict" if _is_dict(value) else f"{nn}.ModuleList"
    changes = [] if change is None else [change]
    if annotation is not None:
        changes.append(Change(*tree.range(annotation.annotation), cls))
    start, end = tree.range(value)
    if _is_empty(value):
        if tree.comments(start, end):
            raise Refused("a comment would be lost")
        return [*changes, Change(start, end, f"{cls}()")]
    opening, closing = ("((", "))") if isinstance(value, cst.Tuple) and not value.lpar else ("(", ")")
    return [*changes, Change(start, start, cls + opening), Change(end, end, closing)]


def _is_dict(value: cst.BaseExpression) -> bool:
    match value:
        case cst.Dict(elements=elements):
            for element in elements:
                if not isinstance(element, cst.DictElement):
                    raise Refused("its keys are not seen")
                _refuse_key(element.key)
            return True
        case cst.DictComp(key=key):
            _refuse_key(key)
            return True
        case cst.Call(func=cst.Name(value="dict"), args=args):
            if any(
                each.keyword is None or each.keyword.value in _TAKEN or each.keyword.value.startswith("_")
                for each in args
            ):
                raise Refused("its keys are not seen")
            return True
        case cst.List() | cst.ListComp() | cst.Tuple():
            return False
        case cst.Call(func=cst.Name(value="list" | "tuple")):
            return False
        case _:
            raise Refused("what is in it is not seen here")


def _refuse_key(key: cst.BaseExpression) -> None:
    """The names of modules are texts without dots that are no attributes of the container."""
    match key:
        case cst.SimpleString():
            value = key.evaluated_value
            if not isinstance(value, str) or not value or "." in value or value.startswith("_") or value in _TAKEN:
                raise Refused("a key cannot be the name of a module")
        case cst.Call(func=cst.Name(value="str")):
            pass
        case cst.FormattedString(parts=parts) if not any(
            isinstance(part, cst.FormattedStringText) and "." in part.value for part in parts
        ) and any(isinstance(part, cst.FormattedStringText) for part in parts):
            pass
        case _:
            raise Refused("a key may be no text")


def _is_empty(value: cst.BaseExpression) -> bool:
    match value:
        case cst.List(elements=[]) | cst.Tuple(elements=[]) | cst.Dict(elements=[]):
            return True
        case cst.Call(args=[]):
            return True
        case _:
            return False


def _refuse_early(tree: Tree, statement: cst.CSTNode) -> None:
    """A module takes other modules only once the constructor of `nn.Module` has run."""
    function = tree.scope(statement)
    if not isinstance(function, cst.FunctionDef) or function.name.value != "__init__":
        return
    start, _ = tree.range(statement)
    for line in function.body.body:
        inner = line.body[0] if isinstance(line, cst.SimpleStatementLine) else line
        match inner:
            case cst.Expr(value=cst.Call(func=cst.Attribute(attr=cst.Name(value="__init__")))):
                if tree.range(inner)[0] < start:
                    return
            case _:
                pass
    raise Refused("the constructor of the module has not run yet")


def _refuse_other_uses(tree: Tree, target: cst.Attribute, *, is_dict: bool) -> None:
    """All that the file does with attributes of this name must be what the container can do."""
    for node in tree.parents:
        if not isinstance(node, cst.Attribute) or node is target or node.attr.value != target.attr.value:
            continue
        if not _fits(tree, node, is_dict=is_dict):
            raise Refused("the file does with it what the container cannot do")


def _fits(tree: Tree, node: cst.Attribute, *, is_dict: bool) -> bool:
    parent = tree.parents[node]
    match parent:
        case cst.For(iter=each) | cst.CompFor(iter=each):
            return each is node
        case cst.Subscript():
            return _fits_item(tree, parent, is_dict=is_dict)
        case cst.Attribute(attr=cst.Name(value=name)):
            known = name in (_DICT_METHODS if is_dict else _LIST_METHODS)
            return known and isinstance(tree.parents.get(parent), cst.Call)
        case cst.Arg():
            call = tree.parents[parent]
            return parent.star == "*" or (isinstance(call, cst.Call) and _reads(call))
        case cst.StarredElement():
            return not is_dict
        case cst.AugAssign(operator=cst.AddAssign(), value=value):
            return not is_dict and value is not node
        case cst.ComparisonTarget(operator=cst.In() | cst.NotIn()):
            return is_dict
        case cst.If(test=test) | cst.While(test=test) | cst.UnaryOperation(expression=test):
            return test is node
        case _:
            return False


def _reads(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Name) and call.func.value in _READERS


def _fits_item(tree: Tree, node: cst.Subscript, *, is_dict: bool) -> bool:
    """Whether an item that is written has a key that can be the name of a module, or is a single one of a list."""
    if not isinstance(tree.parents.get(node), cst.AssignTarget):
        return True
    for element in node.slice:
        if not isinstance(element.slice, cst.Index):
            return False
        try:
            if is_dict:
                _refuse_key(element.slice.value)
        except Refused:
            return False
    return True
