"""The source tree as the structural tests see it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BACKEND = ROOT / "backend"
NOT_DOMAINS = {
    "api",
    "kit",
    "integrations",
    "migrations",
    "commands",
    "devstack",
    "bench",
    "messages",
    "web",
    "__pycache__",
}


def python_files(*folders: str) -> list[Path]:
    """Every Python file of ours below the folders (default: all of them)."""
    roots = [ROOT / folder for folder in folders or ("backend", "chatbot", "tests")]
    return sorted(
        path for root in roots if root.exists() for path in root.rglob("*.py") if "node_modules" not in path.parts
    )


def domains() -> list[Path]:
    """The domain packages of the backend."""
    return sorted(
        path
        for path in BACKEND.iterdir()
        if path.is_dir() and path.name not in NOT_DOMAINS and (path / "__init__.py").exists()
    )


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every absolute module name that a file imports, with the line; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """The path as a reader of a failure wants it."""
    return str(path.relative_to(ROOT))


def by_folder(files: Iterable[Path]) -> pytest.MarkDecorator:
    """A test for each domain or other folder of two levels, about the ``paths`` in it: a failure names the file."""
    folders: dict[str, list[Path]] = {}
    for path in files:
        folders.setdefault("/".join(path.relative_to(ROOT).parts[:3][:-1]), []).append(path)
    return pytest.mark.parametrize("paths", folders.values(), ids=folders.keys())
