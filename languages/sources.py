"""Which messages the code holds: every text given to ``say`` or ``say_many``, read from the syntax.

The first argument of ``say`` is a literal, or a name that leads to literals: a variable set beside
it, a constant of a module (also of another one), a loop over one. Where it comes from further away,
the texts stand in an assignment under a comment that says ``(translatable)``.
"""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from figures import vocabulary
from languages.syntax import (
    OF_THE_VOCABULARY,
    assigned,
    called,
    functions,
    leaves,
    names_in,
    own,
    texts_in,
)

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "figures",
    "loaders",
    "reconciliation",
    "charts",
    "exports",
    "brief",
    "publishing",
    "ui",
    "server",
    "edition",
    "pages",
)
MARK = "(translatable)"
# The type of a file, as in application/pdf: no text for a reader.
_FORMAT = re.compile(r"[a-z]+/[a-z0-9.+-]+")
Message = str | tuple[str, str]


@dataclass
class Found:
    """Messages with the files they stand in, and the calls whose message was not found."""

    messages: dict[Message, list[str]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)

    def add(self, message: Message, where: str) -> None:
        """Note a message; texts without a letter need no translation."""
        text = message if isinstance(message, str) else "".join(message)
        if any(sign.isalpha() for sign in text) and not _FORMAT.fullmatch(text):
            places = self.messages.setdefault(message, [])
            if where not in places:
                places.append(where)


@dataclass
class Module:
    """The syntax of one file, and what its names lead to."""

    path: Path
    tree: ast.Module
    lines: list[str]
    constants: dict[str, ast.expr]
    imported: dict[str, str]
    root: Path

    @property
    def where(self) -> str:
        """The file as a catalogue names it."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def dotted(self) -> str:
        """The module as an import names it."""
        return self.where.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def modules(root: Path = ROOT) -> list[Module]:
    """Return every file of ours that may hold a message."""
    paths = [path for part in PARTS for path in sorted((root / part).rglob("*.py"))]
    paths += root.glob("dashboard.py")
    return [_module(path, root) for path in paths]


def _module(path: Path, root: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    constants = {name: value for node in tree.body for name, value in assigned(node)}
    imported = {
        alias.asname or alias.name: node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return Module(path, tree, text.splitlines(), constants, imported, root)


class _Reader:
    """Finds the messages of all files together, since tables may stand in another one."""

    def __init__(self, every: list[Module]) -> None:
        self.every = every
        self.found = Found()
        self._named = {module.dotted: module for module in every}

    def read(self) -> Found:
        for module in self.every:
            self._marked(module)
            for scope in (module.tree, *functions(module.tree)):
                self._scope(module, scope)
        return self.found

    def _marked(self, module: Module) -> None:
        """Note the texts of assignments that a comment calls translatable."""
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            if self._is_marked(module, node.lineno):
                for text in texts_in(node.value):
                    self.found.add(text, module.where)

    @staticmethod
    def _is_marked(module: Module, line: int) -> bool:
        above = module.lines[line - 2].strip()
        return above.startswith("#") and MARK in above

    def _scope(self, module: Module, scope: ast.AST) -> None:
        nodes = list(own(scope))
        local: dict[str, list[ast.expr]] = {}
        for node in nodes:
            for name, value in assigned(node):
                local.setdefault(name, []).append(value)
        for node in nodes:
            if isinstance(node, ast.Call) and called(node) in ("say", "say_many"):
                self._call(module, node, local)

    def _call(self, module: Module, call: ast.Call, local: dict[str, list[ast.expr]]) -> None:
        where = module.where
        if called(call) == "say":
            texts = self._lead(module, call.args[0], local, set())
            for text in texts:
                self.found.add(text, where)
            clear = bool(texts)
        else:
            ones = self._lead(module, call.args[0], local, set())
            manys = self._lead(module, call.args[1], local, set())
            pairs = _pairs_of(call, ones, manys)
            for pair in pairs:
                self.found.add(pair, where)
            clear = bool(pairs)
        if not clear:
            self.found.unclear.append(f"{where}:{call.lineno}")

    def _lead(
        self, module: Module, node: ast.expr, local: dict[str, list[ast.expr]], seen: set[str]
    ) -> list[str]:
        """Return the texts that an expression can be."""
        texts: list[str] = []
        for leaf in leaves(node):
            if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                texts.append(leaf.value)
            elif isinstance(leaf, ast.Name) and leaf.id not in seen:
                texts += self._name(module, leaf.id, local, seen | {leaf.id})
            elif isinstance(leaf, ast.Attribute):
                texts += self._attribute(module, leaf)
            elif isinstance(leaf, ast.Subscript):
                texts += self._entry(module, leaf, local, seen)
        return list(dict.fromkeys(texts))

    def _name(
        self, module: Module, name: str, local: dict[str, list[ast.expr]], seen: set[str]
    ) -> list[str]:
        if name in local:
            return [text for v in local[name] for text in self._lead(module, v, local, seen)]
        if name in module.constants:
            return self._lead(module, module.constants[name], {}, seen)
        return self._elsewhere(self._named.get(module.imported.get(name, "")), name, seen)

    def _entry(
        self, module: Module, node: ast.Subscript, local: dict[str, list[ast.expr]], seen: set[str]
    ) -> list[str]:
        """Return the texts under one key of the tables that a name leads to."""
        key = ast.literal_eval(node.slice)
        held = [value for name in names_in(node.value) for value in self._held(module, name, local)]
        tables = [table for value in held for table in ast.walk(value)]
        values = [
            value
            for table in tables
            if isinstance(table, ast.Dict)
            for its, value in zip(table.keys, table.values, strict=True)
            if isinstance(its, ast.Constant) and its.value == key
        ]
        found = values or [node.value]
        return [text for value in found for text in self._lead(module, value, local, seen)]

    @staticmethod
    def _held(module: Module, name: str, local: dict[str, list[ast.expr]]) -> list[ast.expr]:
        """Return what a name is set to, and what the names in that are set to in the module."""
        mine = local.get(name, [])
        names = {name, *(inner for value in mine for inner in names_in(value))}
        return [*mine, *(module.constants[n] for n in names if n in module.constants)]

    def _elsewhere(self, home: Module | None, name: str, seen: set[str]) -> list[str]:
        """Return the texts of another module's constant, which that may have from a third."""
        if home is None:
            return []
        if name in home.constants:
            return self._lead(home, home.constants[name], {}, seen | {name})
        return self._elsewhere(self._named.get(home.imported.get(name, "")), name, seen)

    def _attribute(self, module: Module, node: ast.Attribute) -> list[str]:
        """Return the texts of another module's constant; words stand in the vocabulary."""
        if node.attr in OF_THE_VOCABULARY:
            return [""]
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        home = self._named.get(f"{module.imported.get(name, '')}.{name}")
        return self._elsewhere(home, node.attr, set())


def _pairs_of(call: ast.Call, ones: list[str], manys: list[str]) -> list[tuple[str, str]]:
    same = ast.dump(call.args[0]) == ast.dump(call.args[1])
    if same:
        return [(one, one) for one in ones]
    if len(ones) == len(manys):
        if ones == manys and len(ones) % 2 == 0:
            # Both lead to one table of pairs.
            return list(zip(ones[::2], ones[1::2], strict=True))
        return list(zip(ones, manys, strict=True))
    return []


def _vocabulary() -> Iterator[tuple[str, str]]:
    """Yield the words of the vocabulary as the screen shows them, and the catalogue of findings."""
    for name, found in vars(vocabulary).items():
        if isinstance(found, type) and issubclass(found, vocabulary.Word) and name != "Word":
            for word in found:
                yield word.meaning, "figures/vocabulary.py"
                yield word.value.replace("_", " "), "figures/vocabulary.py"
                if found is vocabulary.Measure:
                    yield word.value.capitalize(), "figures/vocabulary.py"
    with (ROOT / "figures" / "findings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("title", "remedy"):
                yield row[column], "figures/findings.csv"


def messages(root: Path = ROOT) -> Found:
    """Return every message of the code, with the files it stands in."""
    found = _Reader(modules(root)).read()
    for message, where in _vocabulary():
        found.add(message, where)
    return found
