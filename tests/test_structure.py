"""What DESIGN.md fixes about the code's shape, held against the code itself."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

from rag.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
# app, api and eval stand side by side on rag, which stands on index, which stands on corpus.
HEIGHT = {"corpus": 0, "index": 1, "rag": 2, "eval": 3, "api": 3, "app": 3}
KNOWN_TO = {
    "chromadb": "index/store.py",
    "bm25s": "index/lexical.py",
    "Stemmer": "index/lexical.py",
    "onnxruntime": "index/embed.py",
    "tokenizers": "index/embed.py",
    "sentence_transformers": "index/torch_model.py",
    "transformers": "index/torch_model.py",
    "torch": "index/torch_model.py",
    "pypdfium2": "corpus/pdf.py",
    "rapidocr": "corpus/ocr.py",
    "lxml": "corpus/html.py",
    "docx": "corpus/docx.py",
    "sqlalchemy": "index/database.py",
    "ray": "index/cluster.py",
    "langchain_huggingface": "eval/embedding.py",
    "ir_measures": "eval/ranking.py",
    "langchain_text_splitters": "eval/plain_chain.py",
    "haystack": "eval/peers/haystack_pipeline.py",
    "llama_index": "eval/peers/llama_index_engine.py",
    "jinja2": "eval/report.py",
    "xllamacpp": "rag/models.py",
    "streamlit": "app.py",
}
# What runs the models in the product, and what a developer trains one with.
ALSO_KNOWN_TO = {"torch": "eval/tuning.py", "sentence_transformers": "eval/tuning.py"}
IMPORTED_LATE = {
    ("corpus/ocr.py", "rapidocr"): "takes a second and loads its models, and few reports are scanned",
    ("index/__main__.py", "corpus"): "the readers of files are slow to import, and a look into the register needs none",
    ("index/__main__.py", "index"): "Chroma takes a second to import, and a look into the register needs none",
    ("index/embed.py", "index"): "torch takes seconds to import, and is needed once only, or on a graphics card",
    ("index/cluster.py", "ray"): "an extra, for those who have a cluster",
    ("index/rerank.py", "index"): "torch again, which only a cross-encoder needs",
    ("index/store.py", "chromadb"): "takes a second to import, and a reader of one state needs none",
    ("eval/embedding.py", "langchain_huggingface"): "the peer that is measured against, which one process alone has",
    ("eval/ranking.py", "ir_measures"): "only those who measure have it",
    ("eval/plain_chain.py", "langchain_text_splitters"): "the same",
    ("eval/commands/tune.py", "eval"): "torch, which no other command needs",
    ("eval/peers/opening.py", "eval"): "the peers stand on extras",
    ("rag/models.py", "xllamacpp"): "loads llama.cpp, which no other model needs",
}
NOT_IMPORTED = {"onnx": "torch writes the embedding model down with it"}
# Of the extras, which may be installed or not, those that are imported.
EXTRAS = {"ray", "langchain_huggingface", "ir_measures", "langchain_text_splitters", "haystack", "llama_index"}
CATCH_ALL = "rag/chain.py"
MOST_LINES = 300


class Module(NamedTuple):
    """One file of code: its path in the project, its lines and its syntax tree."""

    path: str
    lines: int
    tree: ast.Module


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(PROJECT).as_posix(), len(text.splitlines()), ast.parse(text))


MODULES = [
    _read(path) for name in HEIGHT for path in (sorted((PROJECT / name).rglob("*.py")) or PROJECT.glob(f"{name}.py"))
]
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path)


def _names(tree: ast.AST) -> Iterator[str]:
    """The top-level names that are imported anywhere in this tree; "." for a relative import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level or not node.module else node.module.split(".")[0]


def _imports() -> set[tuple[str, str]]:
    return {(module.path, name) for module in MODULES for name in _names(module.tree)}


def _pins(file: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in (PROJECT / file).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-r ")]


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@each_module
def test_imports_point_right_or_down(module: Module) -> None:
    own = module.path.partition("/")[0].removesuffix(".py")
    above = {name for name in _names(module.tree) if HEIGHT.get(name, -1) >= HEIGHT[own]} - {own}
    assert not above
    assert "." not in _names(module.tree)


@pytest.mark.parametrize("library", KNOWN_TO)
def test_a_library_is_known_to_one_module(library: str) -> None:
    assert {path for path, name in _imports() if name == library} == {
        KNOWN_TO[library],
        ALSO_KNOWN_TO.get(library, KNOWN_TO[library]),
    }


def test_only_what_is_slow_to_import_is_imported_late() -> None:
    late = {
        (module.path, name)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in _names(node)
    }
    assert late == set(IMPORTED_LATE)


def test_one_place_catches_everything() -> None:
    catching = [
        module.path
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]
    assert catching == [CATCH_ALL]


def _is_broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or ast.unparse(name) in {"Exception", "BaseException"} for name in names)


@each_module
def test_nothing_prints(module: Module) -> None:
    calls = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    assert not [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"]


@each_module
def test_a_module_is_short_enough_to_read(module: Module) -> None:
    assert module.lines <= MOST_LINES


@each_module
def test_a_module_says_what_it_is_for(module: Module) -> None:
    assert ast.get_docstring(module.tree)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_documented(name: str) -> None:
    assert f"CHAPTER_VERSE_{name.upper()}" in re.findall(r"\w+", (PROJECT / "README.md").read_text(encoding="utf-8"))
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("pin", [*_pins("requirements.txt"), *_pins("requirements-dev.txt")])
def test_a_requirement_is_pinned(pin: str) -> None:
    assert re.fullmatch(r"[\w.-]+==[\w.]+", pin)


def test_what_is_required_is_what_is_imported() -> None:
    required = {_normal(pin.partition("==")[0]) for pin in _pins("requirements.txt")}
    homes = packages_distributions()
    imported = {_normal(home) for _, name in _imports() if name not in EXTRAS for home in homes.get(name, ())}
    assert required == imported | set(NOT_IMPORTED)
