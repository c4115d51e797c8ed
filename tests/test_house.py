"""The house stands as the design draws it: which way imports point, how large a room may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"

# One river: each room imports only from rooms to its left.
RIVER = (
    "errors", "private_folders", "database_errors", "database_sqlite", "database", "records", "names", "agenda",
    "posts", "chats", "outbox", "transports", "commands", "doors", "site", "reading", "settings", "app", "operating",
    "cli",
)  # fmt: skip
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50


def modules() -> Iterator[Path]:
    return (path for path in sorted(BOT.rglob("*.py")) if "versions" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports, those imported within functions too, those for types alone not."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[1] for name in names if name.startswith("bot."))


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(BOT)))
def test_a_module_imports_only_from_rooms_to_its_left(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__", "migrations"):
        return
    here = RIVER.index(room)

    assert [name for name in imported(path) if RIVER.index(name) > here] == []


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(BOT)))
def test_no_module_or_function_outgrows_its_room(path: Path) -> None:
    text = path.read_text()
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]

    assert text.count("\n") <= MOST_LINES
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MOST_LINES_OF_A_FUNCTION] == []


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(BOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_no_module_has_a_name_that_says_nothing() -> None:
    said_nothing = {"utils", "helpers", "manager", "common", "misc", "core"}

    assert [path for path in modules() if path.stem in said_nothing] == []
