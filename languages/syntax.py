"""What the syntax of a file says of its names and values, as far as a message can hang on it."""

import ast
from collections.abc import Iterator

# Ends of expressions that give a word of the vocabulary or its meaning, or the words of a finding:
# all of them are read.
OF_THE_VOCABULARY = ("meaning", "value", "capitalize", "measure", "title", "remedy")


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a statement sets, each with what it is set to."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield from _pairs(node.target, node.value)
    elif isinstance(node, ast.For | ast.comprehension):
        yield from _pairs(node.target, node.iter)
    elif isinstance(node, ast.NamedExpr):
        yield from _pairs(node.target, node.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        same = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        values = value.elts if same and isinstance(value, ast.Tuple) else [value] * 99
        for inner, its in zip(target.elts, values, strict=False):
            yield from _pairs(inner, its)


def called(call: ast.Call) -> str:
    """Return the name of what is called, without what it belongs to; empty where it has none."""
    name = call.func
    return name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")


def functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield each function and method of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function or module, without those of functions within."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from own(child)


def leaves(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what an expression's value can come from: not keys, conditions or arguments."""
    if isinstance(node, ast.Constant | ast.Name | ast.Attribute) or _is_entry(node):
        yield node
        return
    elif isinstance(node, ast.Call) and called(node) in OF_THE_VOCABULARY:
        yield node.func
    for child in _inner(node):
        yield from leaves(child)


def _is_entry(node: ast.AST) -> bool:
    """Say whether a table is asked for one key, written out: ``page["title"]``."""
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    )


def names_in(node: ast.expr) -> Iterator[str]:
    """Yield the names that stand in an expression."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id


def _inner(node: ast.expr) -> list[ast.expr]:
    """Return the parts of an expression one of which is its value, or holds it."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp | ast.Dict):
        return list(node.values)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return list(node.elts)
    if isinstance(node, ast.DictComp):
        return [node.value]
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return [node.elt]
    if isinstance(node, ast.Subscript | ast.Starred):
        return [node.value]
    return _through(node) if isinstance(node, ast.Call) else []


def _through(call: ast.Call) -> list[ast.expr]:
    """Return what a call hands on: a table asked for a value, a list gone through or numbered."""
    name = called(call)
    if isinstance(call.func, ast.Attribute):
        asked = name in ("get", "items", "values", "replace")
        return [call.func.value, *call.args[1:]] if asked else []
    return (
        list(call.args) if name in ("enumerate", "zip", "str", "list", "reversed", "next") else []
    )


def texts_in(node: ast.expr) -> Iterator[str]:
    """Yield the literal texts that an expression's value can come from."""
    for leaf in leaves(node):
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
            yield leaf.value
