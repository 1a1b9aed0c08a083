"""Where a recipe takes names from: what stands at a place, under which name the callers know it, and whether that name
means the same where it is to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst
import msgspec

from freezelint.core.recipes import CalleeOf, IterableAround, NameOf, ReceiverOf, Source, TextOf

from . import names
from .tree import Refused, Statement, Tree

TreeOf = Callable[[str], Tree]

_SELF_RETURNING = frozenset(
    {"to", "cuda", "cpu", "eval", "train", "half", "float", "double", "bfloat16", "requires_grad_", "apply"}
)
"""Methods of modules that give back the module."""


class Known(msgspec.Struct, frozen=True):
    """A name for a thing: the chain of attributes `text`, read at `node` of a file, whose root is `root`."""

    tree: Tree
    node: cst.CSTNode
    root: str
    text: str
    target: bool = False
    """Whether the node is what was assigned to."""


def known_as(tree: Tree, source: Source, anchor: Statement, tree_of: TreeOf) -> str:
    """The text by which the thing can be written at `anchor`; raises `Refused` where none is sure."""
    reason = Refused("it has no name in this file")
    for known in _names(source, tree_of):
        if known.tree is not tree:
            continue
        try:
            if anchor not in tree.around(known.node):
                names.refuse_other_meaning(tree, known.root, known.node, anchor)
                _refuse_other_attribute(tree, known, anchor)
            return known.text
        except Refused as refused:
            reason = refused
    raise reason


def _refuse_other_attribute(tree: Tree, known: Known, anchor: Statement) -> None:
    """An attribute that is read in one method and written in another must not be assigned in a second place."""
    if "." not in known.text or tree.scope(tree.statement(known.node)) is tree.scope(anchor):
        return
    targets = [
        each for each in tree.parents if isinstance(each, cst.AssignTarget) and names.dotted(each.target) == known.text
    ]
    if known.target and len(targets) != 1:
        raise Refused(f"`{known.text}` is assigned several times")


def _names(source: Source, tree_of: TreeOf) -> Iterator[Known]:
    """The names of what a source stands for: where it stands, then where the calls stand that led there."""
    tree = tree_of(source.span.path)
    known, node, item = None, tree.at(source.span)[-1], None
    if not isinstance(source, NameOf):
        found = _node(tree, source)
        known = Known(tree, found, names.root(found), tree.source(found))
        yield known
    for span in (*reversed(source.stack), None):
        if known is None:
            known = _kept(tree, node, item)
            if known is not None:
                yield known
        if span is None:
            return
        caller = tree_of(span.path)
        call = next((each for each in caller.at(span) if isinstance(each, cst.Call)), None)
        function = tree.scope(node if known is None else known.node)
        if call is None or not isinstance(function, cst.FunctionDef):
            return
        outer = _for_caller(tree, function, known, caller, call) if known is not None else None
        if outer is not None:
            yield outer
            tree, known = caller, outer
            continue
        returned = _returned(tree, function, known, node)
        if returned is None or (item is not None and returned != ()):
            return
        tree, known, node, item = caller, None, call, returned[0] if returned else item


# --- at the place ------------------------------------------------------------------------------------------------


def _node(tree: Tree, source: Source) -> cst.CSTNode:
    match source:
        case ReceiverOf(span=span):
            for node in tree.at(span):
                match node:
                    case cst.Call(func=cst.Attribute(value=value)) | cst.Attribute(value=value):
                        if names.dotted(value).rpartition(".")[2][:1].isupper():
                            raise Refused("it is called on a class, and its receiver is an argument")
                        return value
                    case _:
                        pass
            raise Refused("there is no receiver")
        case CalleeOf(span=span):
            for node in tree.at(span):
                if isinstance(node, cst.Call):
                    return node.func
            raise Refused("no call stands there")
        case IterableAround(span=span):
            loop = loop_around(tree, tree.statement_at(span))
            if len(loop.body.body) != 1 or loop.orelse is not None:
                raise Refused("the loop does more than this")
            match loop.iter:
                case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=name)), args=[]) if name in (
                    "parameters", "named_parameters",
                ):  # fmt: skip
                    return owner
                case _:
                    raise Refused("the loop does not run over the parameters of a module")
        case TextOf(span=span) | NameOf(span=span):
            return tree.at(span)[0]


def loop_around(tree: Tree, statement: Statement) -> cst.For:
    """The innermost plain loop around a statement."""
    for node in tree.around(statement):
        if isinstance(node, cst.For):
            return node
        if isinstance(node, (cst.FunctionDef, cst.While, cst.If)):
            break
    raise Refused("the loop is not plain")


def _kept(tree: Tree, node: cst.CSTNode, item: int | None) -> Known | None:
    """The target to which an expression is assigned, or its item with this number; methods that give back the module
    do not matter."""
    value = _chained(tree, node)
    match tree.parents.get(value):
        case cst.Assign(targets=[cst.AssignTarget(target=whole)], value=assigned) if assigned is value:
            target: cst.BaseExpression = whole
        case cst.AnnAssign(target=whole, value=assigned) if assigned is value:
            target = whole
        case _:
            return None
    if item is not None:
        if not isinstance(target, (cst.Tuple, cst.List)) or item >= len(target.elements):
            return None
        target = target.elements[item].value
    if isinstance(target, (cst.Tuple, cst.List, cst.StarredElement)):
        return None
    return Known(tree, target, names.root(target), tree.source(target), target=True)


def _chained(tree: Tree, node: cst.CSTNode) -> cst.CSTNode:
    """The whole of `node.to(...).eval()`."""
    while True:
        match parent := tree.parents.get(node):
            case cst.Attribute(value=value, attr=cst.Name(value=name)) if value is node and name in _SELF_RETURNING:
                call = tree.parents.get(parent)
                if not isinstance(call, cst.Call) or call.func is not parent:
                    return node
                node = call
            case _:
                return node


# --- where the call stands ---------------------------------------------------------------------------------------


def _for_caller(tree: Tree, function: cst.FunctionDef, known: Known, caller: Tree, call: cst.Call) -> Known | None:
    """What a parameter of a function, or something below it, is called where the function is called."""
    parameters = [*function.params.posonly_params, *function.params.params]
    bound = [node for name, node in names.bindings(tree, function) if name == known.root]
    if len(bound) != 1 or bound[0] not in (*parameters, *function.params.kwonly_params):
        return None
    method = isinstance(tree.scope(function), cst.ClassDef) and not any(
        names.dotted(each.decorator) == "staticmethod" for each in function.decorators
    )
    if method and bound[0] is parameters[0]:
        given = _receiver(caller, function, call)
    else:
        given = _argument(call, known.root, [each.name.value for each in parameters[method:]])
    if given is None:
        return None
    try:
        root = names.root(given)
    except Refused:
        return None
    return Known(caller, given, root, caller.source(given) + known.text[len(known.root) :], target=known.target)


def _receiver(caller: Tree, function: cst.FunctionDef, call: cst.Call) -> cst.CSTNode | None:
    if function.name.value == "__init__":
        kept = _kept(caller, call, None)
        return kept.node if kept is not None else None
    match call.func:
        case cst.Attribute(value=value, attr=cst.Name(value=name)) if name == function.name.value:
            return value
        case cst.Attribute() | cst.Name() if function.name.value == "__call__":
            return call.func
        case _:
            return None


def _argument(call: cst.Call, name: str, positional: list[str]) -> cst.CSTNode | None:
    if any(each.star for each in call.args):
        return None
    for number, argument in enumerate(call.args):
        if argument.keyword is not None:
            if argument.keyword.value == name:
                return argument.value
        elif number < len(positional) and positional[number] == name:
            return argument.value
    return None


def _returned(
    tree: Tree, function: cst.FunctionDef, known: Known | None, node: cst.CSTNode
) -> tuple[()] | tuple[int] | None:
    """Whether all that a function returns is the thing (an empty tuple) or holds it at one place (its number)."""
    name = known.text if known is not None else ""
    if name and len([each for each, _ in names.bindings(tree, function) if each == name]) != 1:
        return None
    whole = None if name else _chained(tree, node)
    found: set[tuple[()] | tuple[int]] = set()
    for each in names.own_nodes(tree, function):
        if isinstance(each, cst.Yield):
            return None
        if isinstance(each, cst.Return):
            places: list[tuple[()] | tuple[int]] = []
            if _is(tree, each.value, name, whole):
                places.append(())
            elif isinstance(each.value, cst.Tuple):
                parts = enumerate(each.value.elements)
                places.extend((number,) for number, part in parts if _is(tree, part.value, name, whole))
            if len(places) != 1:
                return None
            found.add(places[0])
    return found.pop() if len(found) == 1 else None


def _is(tree: Tree, value: cst.CSTNode | None, name: str, whole: cst.CSTNode | None) -> bool:
    if value is None:
        return False
    return value is whole if whole is not None else names.dotted(value) == name
