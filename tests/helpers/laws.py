"""What the code must not do, each law as a function: a module in, the lines that break the law out."""

import ast
from collections.abc import Iterable, Iterator

from rooms import BY_STRING, Source

#: How a program ends itself. `os.kill` and `signal` are not among them: they let the system end it.
EXITS = {
    "sys.exit",
    "os._exit",
    "os.abort",
    "SystemExit",
    "exit",
    "quit",
    "typer.Exit",
    "typer.Abort",
    "click.exceptions.Exit",
}
#: What opens, makes or removes a file, whatever it is called on.
OPENERS = {
    *("open", "fdopen", "read_text", "write_text", "read_bytes", "write_bytes", "touch", "mkdir", "makedirs", "unlink"),
    *(
        "rename",
        "rmtree",
        "mkstemp",
        "mkdtemp",
        "NamedTemporaryFile",
        "TemporaryFile",
        "TemporaryDirectory",
        "copyfile",
    ),
}
CLOCKS = {
    "time",
    "monotonic",
    "perf_counter",
    "process_time",
    "time_ns",
    "monotonic_ns",
    "perf_counter_ns",
    "process_time_ns",
}
PATCHERS = {"setattr", "delattr", "setitem", "delitem", "patch", "object", "dict", "multiple"}


def exits(source: Source) -> list[str]:
    """Where the program is ended."""
    raised = {node.exc for node in ast.walk(source.tree) if isinstance(node, ast.Raise)}
    return _lines(source, (node for node in {*_calls(source.tree), *raised} if node and _dotted(node) in EXITS))


def opens(source: Source) -> list[str]:
    """Where a file is opened, made or removed; pointing a stream of the process at nothing is something else."""
    ours = _names_of_ours(source.tree)
    calls = (call for call in _calls(source.tree) if not _is_ours(call.func, ours) and not _is_nothing(call))
    return _lines(source, (call for call in calls if _dotted(call).rpartition(".")[2] in OPENERS))


def _is_nothing(call: ast.Call) -> bool:
    return bool(call.args) and _dotted(call.args[0]) == "os.devnull"


def imports_by_string(source: Source) -> list[str]:
    """Where a module is imported by a name in a string."""
    return _lines(source, (call for call in _calls(source.tree) if _dotted(call).rpartition(".")[2] in BY_STRING))


def patches(source: Source) -> list[str]:
    """Where something of ours is replaced: with `monkeypatch`, with `mock`, or by setting an attribute of a module."""
    ours = _names_of_ours(source.tree)
    calls = (call for call in _calls(source.tree) if _patcher(call) and call.args and _is_ours(call.args[0], ours))
    return _lines(source, (*calls, *(target for target in _set(source.tree) if _is_ours(target, ours))))


def _patcher(call: ast.Call) -> bool:
    before, _, last = _dotted(call).rpartition(".")
    return last in (PATCHERS if before else {"setattr", "delattr", "patch"})


def _names_of_ours(tree: ast.AST) -> set[str]:
    """The names by which a module calls what it imports from us."""
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (node.module or "" if isinstance(node, ast.ImportFrom) else alias.name).startswith("screener")
    }


def _is_ours(node: ast.expr, ours: set[str]) -> bool:
    if isinstance(node, ast.Constant):
        return str(node.value).startswith("screener")
    return _dotted(node).partition(".")[0] in ours


def _set(tree: ast.AST) -> Iterator[ast.Attribute]:
    """The attributes that are set."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node


def judges_by_the_clock(source: Source) -> list[str]:
    """Where an assertion compares what a clock said, or something made of it."""
    return [
        line for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef) for line in _timed(source, node)
    ]


def _timed(source: Source, function: ast.FunctionDef) -> list[str]:
    timed: set[str] = set()
    for _ in range(3):  # a name made of a name that was made of a clock
        timed |= {
            name.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign | ast.AugAssign | ast.NamedExpr) and _of_the_clock(node.value, timed)
            for name in ast.walk(node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
    asserted = (node for node in ast.walk(function) if isinstance(node, ast.Assert))
    return _lines(source, (node for node in asserted if _of_the_clock(node.test, timed)))


def _of_the_clock(expression: ast.expr, timed: set[str]) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id in timed) or (isinstance(node, ast.Call) and _dotted(node) in _READINGS)
        for node in ast.walk(expression)
    )


_READINGS = {f"time.{name}" for name in CLOCKS} | CLOCKS - {"time"}


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _dotted(node: ast.expr) -> str:
    """`a.b.c` of a name, an attribute or a call; what stands before an attribute of something else is left out."""
    if isinstance(node, ast.Call):
        return _dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _lines(source: Source, nodes: Iterable[ast.expr | ast.stmt]) -> list[str]:
    numbers = sorted({node.lineno for node in nodes})
    return [f"{source.path}:{number} {source.lines[number - 1].strip()}" for number in numbers]


def untold(source: Source) -> list[str]:
    """The tests that don't say what holds."""
    functions = (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef))
    tests = (node for node in functions if node.name.startswith("test_") and not ast.get_docstring(node))
    return _lines(source, tests)
