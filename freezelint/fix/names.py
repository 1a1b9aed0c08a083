"""Names: which are bound where, whether one still means the same elsewhere, how a file knows a module, new names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import libcst as cst

from .tree import Change, Refused, Scope, Tree

_WORD = re.compile(r"\w+")
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)


def bindings(tree: Tree, scope: Scope) -> list[tuple[str, cst.CSTNode]]:
    """The names that a function, class or module binds itself, each as often as it does, with the node that does."""
    if scope not in tree.bound:
        tree.bound[scope] = list(_bindings(tree, scope))
    return tree.bound[scope]


def _bindings(tree: Tree, scope: Scope) -> Iterator[tuple[str, cst.CSTNode]]:
    pending: list[cst.CSTNode] = []
    if isinstance(scope, (cst.FunctionDef, cst.Lambda)):
        for parameter in _parameters(scope.params):
            yield parameter.name.value, parameter
        pending.append(scope.body)
    else:
        pending.extend(tree.children[scope.body if isinstance(scope, cst.ClassDef) else scope])
    while pending:
        node = pending.pop()
        match node:
            case cst.FunctionDef() | cst.ClassDef():
                yield node.name.value, node
                pending.extend(node.decorators)
                continue
            case cst.Lambda() | cst.ListComp() | cst.SetComp() | cst.DictComp() | cst.GeneratorExp():
                yield from _walruses(tree, node)
                continue
            case cst.Import() | cst.ImportFrom():
                yield from ((name, node) for name in imported(node))
                continue
            case cst.AssignTarget(target=target) | cst.AnnAssign(target=target) | cst.AugAssign(target=target):
                yield from ((name, node) for name in targets(target))
            case cst.For(target=target) | cst.NamedExpr(target=target):
                yield from ((name, node) for name in targets(target))
            case cst.AsName(name=target):
                yield from ((name, node) for name in targets(target))
            case cst.Del(target=target):
                yield from ((name, node) for name in targets(target))
            case cst.Global() | cst.Nonlocal():
                yield from ((item.name.value, node) for item in node.names)
            case cst.MatchAs(name=cst.Name(value=name)) | cst.MatchStar(name=cst.Name(value=name)):
                yield name, node
            case _:
                pass
        pending.extend(tree.children[node])


def _parameters(node: cst.Parameters) -> Iterator[cst.Param]:
    yield from (*node.posonly_params, *node.params, *node.kwonly_params)
    yield from (each for each in (node.star_arg, node.star_kwarg) if isinstance(each, cst.Param))


def _walruses(tree: Tree, node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """What a comprehension binds for what is around it."""
    pending = list(tree.children[node])
    while pending:
        each = pending.pop()
        if isinstance(each, cst.NamedExpr):
            yield from ((name, each) for name in targets(each.target))
        if not isinstance(each, cst.Lambda):
            pending.extend(tree.children[each])


def targets(node: cst.CSTNode) -> Iterator[str]:
    """The names that a target of an assignment binds."""
    match node:
        case cst.Name(value=name):
            yield name
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            for element in elements:
                yield from targets(element.value)
        case cst.StarredElement(value=value):
            yield from targets(value)
        case _:
            return


def imported(node: cst.Import | cst.ImportFrom) -> Iterator[str]:
    """The names that an import binds."""
    if isinstance(node.names, cst.ImportStar):
        return
    for alias in node.names:
        if alias.asname is not None:
            yield from targets(alias.asname.name)
        else:
            yield dotted(alias.name).partition(".")[0]


def dotted(node: cst.CSTNode) -> str:
    """`a.b.c`, or nothing where the node is no such chain."""
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=value, attr=cst.Name(value=name)):
            first = dotted(value)
            return f"{first}.{name}" if first else ""
        case _:
            return ""


def root(node: cst.CSTNode) -> str:
    """The name that a chain of attributes and constant items starts with; raises `Refused` for anything else, which
    might mean something else, or cost something, when it is written a second time."""
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=value):
            return root(value)
        case cst.Subscript(value=value, slice=[cst.SubscriptElement(slice=cst.Index(value=index))]):
            if isinstance(index, (cst.Integer, cst.SimpleString)) or (
                isinstance(index, cst.UnaryOperation) and isinstance(index.expression, cst.Integer)
            ):
                return root(value)
    raise Refused("it has no plain name")


def refuse_bound_anew(tree: Tree, name: str) -> None:
    """Raise `Refused` where the file gives a builtin another meaning."""
    if any(bound == name for bound, _ in all_bindings(tree)):
        raise Refused(f"`{name}` means something else in this file")


def all_bindings(tree: Tree) -> Iterator[tuple[str, cst.CSTNode]]:
    """The bindings of all scopes of the file."""
    for scope in (tree.module, *(each for each in tree.parents if isinstance(each, _SCOPES))):
        yield from bindings(tree, scope)


_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def own_nodes(tree: Tree, function: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """The nodes of a function without those of functions in it."""
    pending: list[cst.CSTNode] = [function.body]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(
            each for each in tree.children[node] if not isinstance(each, (cst.FunctionDef, cst.ClassDef, cst.Lambda))
        )


def new_name(tree: Tree, wish: str) -> str:
    """A name that occurs nowhere in the file."""
    words = set(_WORD.findall(tree.text))
    number = 1
    while (name := wish if number == 1 else f"{wish}_{number}") in words:
        number += 1
    return name


def lifted(tree: Tree, node: cst.CSTNode, parts: Mapping[str, cst.CSTNode]) -> dict[str, str]:
    """The texts of parts of a lambda or generator expression for code that is not within it any more: what it binds
    itself gets a new name where its own is used around it."""
    binders = [each for each in parts.values() if _binds(tree, each)]
    own = dict.fromkeys(name for each in binders for name in targets(each))
    new = {name: new_name(tree, name) for name in own if not _is_free(tree, node, name)}
    return {key: _renamed(tree, each, {} if _is_outside(tree, node, each) else new) for key, each in parts.items()}


def _binds(tree: Tree, node: cst.CSTNode) -> bool:
    parent = tree.parents.get(node)
    return isinstance(parent, cst.Param) or (isinstance(parent, cst.CompFor) and parent.target is node)


def _is_outside(tree: Tree, node: cst.CSTNode, part: cst.CSTNode) -> bool:
    """Whether a part sees nothing of what is bound within: it is in no lambda, or what the first `for` runs over."""
    if isinstance(node, cst.GeneratorExp):
        return node.for_in.iter is part
    return not any(isinstance(each, cst.Lambda) for each in tree.around(part) if each is not node)


def _is_free(tree: Tree, node: cst.CSTNode, name: str) -> bool:
    """Whether nothing around a node notices when the name is bound there: all other uses in the scope are within loops
    and lambdas that bind it themselves, and the node is in none of these."""
    scope, above = tree.scope(node), set(tree.around(node))
    for each in tree.parents:
        if not isinstance(each, cst.Name) or each.value != name or not tree.knows(each):
            continue
        around = list(tree.around(each))
        if node in around or (scope is not tree.module and scope not in around):
            continue
        if not any(binder not in above and _binds_name(binder, name) for binder in around):
            return False
    return True


def _binds_name(node: cst.CSTNode, name: str) -> bool:
    match node:
        case cst.For(target=target) | cst.ListComp(for_in=cst.CompFor(target=target)):
            return name in targets(target)
        case cst.GeneratorExp(for_in=cst.CompFor(target=target)) | cst.SetComp(for_in=cst.CompFor(target=target)):
            return name in targets(target)
        case cst.DictComp(for_in=cst.CompFor(target=target)):
            return name in targets(target)
        case cst.Lambda(params=params) | cst.FunctionDef(params=params):
            return any(each.name.value == name for each in _parameters(params))
        case _:
            return False


def _renamed(tree: Tree, node: cst.CSTNode, new: Mapping[str, str]) -> str:
    base, text = tree.range(node)[0], tree.source(node)
    pending: list[cst.CSTNode] = [node]
    places: list[tuple[tuple[int, int], str]] = []
    while pending:
        each = pending.pop()
        if isinstance(each, cst.Name) and each.value in new and (each is node or tree.knows(each)):
            places.append((tree.range(each), new[each.value]))
        pending.extend(tree.children[each])
    for (first, last), name in sorted(places, reverse=True):
        text = text[: first - base] + name + text[last - base :]
    return text


# --- a name elsewhere --------------------------------------------------------------------------------------------


def refuse_other_meaning(tree: Tree, name: str, read: cst.CSTNode, written: cst.CSTNode) -> None:
    """Raise `Refused` unless the name that is known at `read` is surely there at `written` and means the same."""
    home, there = _home(tree, name, read), _home(tree, name, written)
    if _receivers_of_one_class(tree, name, home, there):
        return
    if home is not there:
        raise Refused(f"`{name}` means something else there")
    bound = [node for bound, node in bindings(tree, home) if bound == name]
    if any(isinstance(node, (cst.Global, cst.Nonlocal, cst.Del)) for node in bound):
        raise Refused(f"`{name}` is bound elsewhere")
    if tree.scope(written) is home:
        _refuse_rebinding(tree, name, bound, read, written)
    elif len(bound) != 1:
        raise Refused(f"`{name}` is bound several times")


def _receivers_of_one_class(tree: Tree, name: str, one: Scope, other: Scope) -> bool:
    """Whether the name is the first parameter of two methods of one class, and nothing else in them."""
    for function in (one, other):
        if not isinstance(function, cst.FunctionDef) or not isinstance(tree.scope(function), cst.ClassDef):
            return False
        bound = [node for each, node in bindings(tree, function) if each == name]
        if bound != [next(_parameters(function.params), None)] or function.decorators:
            return False
    return tree.scope(one) is tree.scope(other)


def _refuse_rebinding(tree: Tree, name: str, bound: list[cst.CSTNode], read: cst.CSTNode, written: cst.CSTNode) -> None:
    """In one scope: some binding must surely come first, and none may stand between the two places."""
    if tree.scope(read) is not tree.scope(written):
        if len(bound) != 1:
            raise Refused(f"`{name}` is bound several times")
        if not _comes_first(tree, bound[0], written):
            raise Refused(f"`{name}` may not be there yet")
        return
    first, last = sorted((_start(tree, read), _start(tree, written)))
    if any(first < _start(tree, node) < last for node in bound):
        raise Refused(f"`{name}` is bound again on the way")
    if not any(_comes_first(tree, node, written) for node in bound):
        raise Refused(f"`{name}` may not be there yet")


def _home(tree: Tree, name: str, node: cst.CSTNode) -> Scope:
    """The scope whose name it is, seen from a place."""
    scope = tree.scope(node)
    first = True
    while not isinstance(scope, cst.Module):
        # Functions do not see the names of the class around them.
        sees = first or not isinstance(scope, cst.ClassDef)
        found = [each for bound, each in bindings(tree, scope) if bound == name] if sees else []
        if found and not all(isinstance(each, (cst.Global, cst.Nonlocal)) for each in found):
            return scope
        scope, first = tree.scope(scope), False
    return scope


def _start(tree: Tree, node: cst.CSTNode) -> int:
    return tree.range(tree.statement(node))[0] if not isinstance(node, cst.Param) else -1


def _comes_first(tree: Tree, binding: cst.CSTNode, place: cst.CSTNode) -> bool:
    """Whether a binding has surely happened where the place is reached: it is a parameter, it stands earlier in a
    block that the place stands in too, or it is made by a statement around the place."""
    if isinstance(binding, cst.Param):
        return True
    statement, target = tree.statement(binding), tree.statement(place)
    above = [target, *tree.around(target)]
    if any(statement is each for each in above):
        return statement is not target or isinstance(statement, (cst.For, cst.With))
    if tree.range(statement)[0] > tree.range(target)[0]:
        return False
    holder = tree.parents[statement]
    if isinstance(holder, cst.SimpleStatementLine):
        holder = tree.parents[holder]
    return any(holder is each for each in above)


# --- modules -----------------------------------------------------------------------------------------------------


def module_name(tree: Tree, module: str) -> tuple[str, Change | None]:
    """How the file writes the module (`nn`, `torch.nn`), and the import to add where it does not."""
    found = [
        known
        for node in tree.module.body
        for statement in (node.body if isinstance(node, cst.SimpleStatementLine) else ())
        if (known := _as_imported(statement, module)) and _only_imports(tree, known.partition(".")[0])
    ]
    if found:
        return min(found, key=len), None
    package, _, last = module.rpartition(".")
    if any(bound == last for bound, _ in all_bindings(tree)):
        raise Refused(f"`{last}` means something else in this file")
    line = f"from {package} import {last}" if package else f"import {last}"
    return last, _import(tree, line)


def _as_imported(statement: cst.CSTNode, module: str) -> str:
    match statement:
        case cst.Import(names=names):
            for alias in names:
                path = dotted(alias.name)
                if path == module and alias.asname is not None:
                    return dotted(alias.asname.name)
                # `import torch` is enough for `torch.nn`, which torch imports itself.
                if alias.asname is None and (path == module or module.startswith(f"{path.partition('.')[0]}.")):
                    return module
        case cst.ImportFrom(names=names, relative=[]) if not isinstance(names, cst.ImportStar) and statement.module:
            for alias in names:
                if f"{dotted(statement.module)}.{dotted(alias.name)}" == module:
                    return dotted(alias.asname.name) if alias.asname is not None else dotted(alias.name)
    return ""


def _only_imports(tree: Tree, name: str) -> bool:
    return all(isinstance(node, (cst.Import, cst.ImportFrom)) for bound, node in all_bindings(tree) if bound == name)


def _import(tree: Tree, line: str) -> Change:
    """The import as a line below the first imports of the file, else below its docstring."""
    place = 0
    for node in tree.module.body:
        statements = node.body if isinstance(node, cst.SimpleStatementLine) else ()
        is_text = place == 0 and all(
            isinstance(each, cst.Expr) and isinstance(each.value, (cst.SimpleString, cst.ConcatenatedString))
            for each in statements
        )
        if not statements or not (
            is_text or all(isinstance(each, (cst.Import, cst.ImportFrom)) for each in statements)
        ):
            break
        place = tree.whole_lines(statements[-1])[1] if len(statements) == 1 else _after(tree, statements[-1])
    if place == 0:
        place = len(tree.text) - len(_below_comments(tree.text))
    start = "" if place == 0 or tree.text[place - 1] == "\n" else "\n"
    return Change(place, place, f"{start}{line}\n")


def _after(tree: Tree, node: cst.CSTNode) -> int:
    end = tree.text.find("\n", tree.range(node)[1])
    return len(tree.text) if end < 0 else end + 1


def _below_comments(text: str) -> str:
    """The text below the comments at its top: a coding comment counts only there."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text
