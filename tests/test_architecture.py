"""The shape of the project, read off the syntax trees: who may import whom, and what files hold.

Each rule is a function of sources, so that every one is also proven on a source that breaks it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("knowledge", "bot", "adapters")
PLATFORM_LIBRARIES = {"discord": "discord", "telegram": "telegram"}
"""The folder of adapters that alone may import each platform's library."""

Sources = Mapping[str, str]
"""Python sources by path, as in the project: bot/cli/ask.py."""


def project() -> Sources:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


PROJECT = project()


# -- reading imports ------------------------------------------------------------------------------


def module_of(path: str) -> str:
    """Return the module that a file is: bot.cli.ask."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: str, source: str, *, at_start_only: bool = False) -> Iterator[str]:
    """Yield the full names of what a file imports: modules, and names from them.

    An import that names its module in a call counts too: import_module("discord").
    """
    tree = ast.parse(source)
    nodes = _at_start(tree) if at_start_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(path, node)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in ("import_module", "__import__"):
                yield from _beginning(node.args[0])


def _at_start(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: what stands in no function."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [
            child
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        ]


def _base(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = path.split("/")[: -node.level]
    return ".".join([*package, *filter(None, [node.module])])


def _beginning(argument: ast.expr) -> Iterator[str]:
    """Yield the constant text that an argument begins with: "bot.cli" of f"bot.cli.{name}"."""
    if isinstance(argument, ast.JoinedStr) and argument.values:
        argument = argument.values[0]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value.rstrip(".")


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


# -- the rules ------------------------------------------------------------------------------------

Rule = Callable[[Sources], list[str]]


def _importers(sources: Sources, within: str, forbidden: str) -> list[str]:
    return [
        f"{path} imports {module}"
        for path, source in sources.items()
        if is_in(module_of(path), within)
        for module in imports(path, source)
        if is_in(module, forbidden)
    ]


def knowledge_imports_nothing_above_it(sources: Sources) -> list[str]:
    return [
        *_importers(sources, "knowledge", "bot"),
        *_importers(sources, "knowledge", "adapters"),
    ]


def only_what_wires_imports_adapters(sources: Sources) -> list[str]:
    return [
        fault
        for fault in _importers(sources, "bot", "adapters")
        if not fault.startswith(("bot/cli/", "bot/__main__.py "))
    ]


def nothing_imports_what_wires(sources: Sources) -> list[str]:
    return [
        f"{path} imports {module}"
        for path, source in sources.items()
        if not path.startswith(("bot/cli/", "bot/__main__.py"))
        for module in imports(path, source)
        if is_in(module, "bot.cli") or is_in(module, "bot.__main__")
    ]


def platforms_do_not_import_each_other(sources: Sources) -> list[str]:
    faults = []
    for path, source in sources.items():
        parts = path.split("/")
        if parts[0] != "adapters" or len(parts) < 3:
            continue
        own = f"adapters.{parts[1]}"
        faults += [
            f"{path} imports {module}"
            for module in imports(path, source)
            if is_in(module, "adapters") and module != "adapters" and not is_in(module, own)
        ]
    return faults


def a_platforms_library_stays_in_its_adapter(sources: Sources) -> list[str]:
    return [
        f"{path} imports {module}"
        for path, source in sources.items()
        for module in imports(path, source)
        for library, folder in PLATFORM_LIBRARIES.items()
        if is_in(module, library) and not path.startswith(f"adapters/{folder}/")
    ]


def a_top_init_holds_only_a_docstring(sources: Sources) -> list[str]:
    faults = []
    for package in PACKAGES:
        path = f"{package}/__init__.py"
        body = ast.parse(sources.get(path, "")).body
        if len(body) != 1 or ast.get_docstring(ast.parse(sources.get(path, ""))) is None:
            faults.append(f"{path} must hold a docstring and nothing else")
    return faults


def no_imports_run_in_a_circle(sources: Sources) -> list[str]:
    """Look at what runs when a module is imported; an import within a function is no circle."""
    modules = {module_of(path) for path in sources}
    graph = {}
    for path, source in sources.items():
        wanted = set(imports(path, source, at_start_only=True)) & modules
        graph[module_of(path)] = wanted - {module_of(path)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def every_module_has_a_docstring(sources: Sources) -> list[str]:
    return [path for path, source in sources.items() if not ast.get_docstring(ast.parse(source))]


def no_module_has_an_empty_name(sources: Sources) -> list[str]:
    empty = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
    return [path for path in sources if empty & set(path.removesuffix(".py").split("/"))]


RULES: dict[Rule, list[Sources]] = {
    knowledge_imports_nothing_above_it: [
        {"knowledge/x.py": "import bot"},
        {"knowledge/x.py": "from bot.reply import Reply"},
        {"knowledge/packs/x.py": "def f():\n    import adapters.console"},
        {"knowledge/x.py": "from importlib import import_module\nimport_module('bot.answer')"},
        {"knowledge/x.py": "if TYPE_CHECKING:\n    from adapters import console"},
    ],
    only_what_wires_imports_adapters: [
        {"bot/answer.py": "from adapters.console.render import to_text"},
        {"bot/commands/x.py": "import adapters"},
        {"bot/client.py": "from adapters import console"},
        {"bot/x.py": "import_module(f'adapters.{name}')"},
    ],
    nothing_imports_what_wires: [
        {"bot/answer.py": "from bot.cli.session import Session"},
        {"adapters/console/x.py": "from bot.cli import ask"},
        {"adapters/console/x.py": "from bot.__main__ import main"},
    ],
    platforms_do_not_import_each_other: [
        {"adapters/discord/x.py": "from adapters.telegram import app"},
        {"adapters/discord/x.py": "from adapters import telegram"},
        {"adapters/discord/x.py": "import adapters.console.render"},
        {"adapters/discord/x.py": "from ..telegram import app"},
    ],
    a_platforms_library_stays_in_its_adapter: [
        {"bot/x.py": "import discord"},
        {"bot/cli/x.py": "from telegram.ext import Application"},
        {"adapters/console/x.py": "import discord"},
        {"adapters/discord/x.py": "import telegram"},
        {"bot/x.py": "importlib.import_module('discord')"},
    ],
    a_top_init_holds_only_a_docstring: [
        {f"{package}/__init__.py": '"""Doc."""' for package in PACKAGES[1:]},
        {f"{package}/__init__.py": '"""Doc."""\nimport os' for package in PACKAGES},
        {f"{package}/__init__.py": "x = 1" for package in PACKAGES},
    ],
    no_imports_run_in_a_circle: [
        {"bot/a.py": "import bot.b", "bot/b.py": "from bot import a"},
        {"bot/a.py": "from bot.b import x", "bot/b.py": "from bot.c import y"}
        | {"bot/c.py": "if True:\n    from bot.a import z"},
    ],
    every_module_has_a_docstring: [{"bot/x.py": "import os"}, {"bot/x.py": ""}],
    no_module_has_an_empty_name: [
        {"bot/utils.py": ""},
        {"bot/helpers/dates.py": ""},
        {"knowledge/manager.py": ""},
    ],
}

GOOD: dict[Rule, Sources] = {
    knowledge_imports_nothing_above_it: {"knowledge/x.py": "import botany\nimport knowledge.y"},
    only_what_wires_imports_adapters: {"bot/cli/ask.py": "from adapters.console import render"},
    nothing_imports_what_wires: {"bot/cli/chat.py": "from bot.cli.ask import lines_of_input"},
    platforms_do_not_import_each_other: {
        "adapters/discord/x.py": "from adapters.discord import render\nfrom bot.reply import Reply"
    },
    a_platforms_library_stays_in_its_adapter: {
        "adapters/discord/app.py": "import discord",
        "bot/x.py": "from adapters.discord import app",
    },
    a_top_init_holds_only_a_docstring: {f"{p}/__init__.py": '"""Doc."""\n' for p in PACKAGES},
    no_imports_run_in_a_circle: {
        "bot/a.py": "def f():\n    import bot.b",
        "bot/b.py": "import bot.a",
    },
    every_module_has_a_docstring: {"bot/x.py": '"""Doc."""\nimport os'},
    no_module_has_an_empty_name: {"bot/wording.py": "", "knowledge/utilities.py": ""},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    assert rule(PROJECT) == []


@pytest.mark.parametrize(
    ("rule", "sources"),
    [(rule, sources) for rule, planted in RULES.items() for sources in planted],
    ids=lambda value: value.__name__ if callable(value) else next(iter(value)),
)
def test_a_source_that_breaks_the_rule_is_found(rule: Rule, sources: Sources) -> None:
    assert rule(sources) != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_source_that_only_looks_like_a_breach_is_left_alone(rule: Rule) -> None:
    assert rule(GOOD[rule]) == []


def test_the_whole_project_is_looked_at() -> None:
    assert {path.partition("/")[0] for path in PROJECT} == set(PACKAGES)
    assert {"bot/__main__.py", "bot/cli/ask.py", "knowledge/packs/loader.py"} <= set(PROJECT)
    assert "knowledge.store" in imports("bot/answer.py", PROJECT["bot/answer.py"])
