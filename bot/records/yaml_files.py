"""Reading one YAML 1.2 file safely: limits on size, depth and aliases, no tags, no second document.

The only place that parses YAML. Scalars that YAML 1.2 makes numbers, booleans or dates arrive as
such, and the model refuses them where text is expected.
"""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.errors import VigilError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
_TAG_PREFIX = "tag:yaml.org,2002:"
_TAGS = frozenset(_TAG_PREFIX + name for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp"))


class YamlError(VigilError):
    """A file that is no acceptable YAML; `found` and `expected` say why, `line` where (from 1)."""

    def __init__(self, found: str, expected: str, line: int | None = None) -> None:
        super().__init__(f"found {found}, expected {expected}")
        self.found = found
        self.expected = expected
        self.line = line


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping a file holds; YamlError says what is wrong with it."""
    text = _read_text(path)
    try:
        yaml = YAML(typ="safe")
        # Composing goes down as deep as the text does, and makes nodes; it expands nothing, so the other limits are
        # checked before any value is built.
        _check_depth(yaml, text)
        node = yaml.compose(text)
        if node is not None:
            _check_node(node, set())
        data = yaml.constructor.construct_document(node) if node is not None else None
    except DuplicateKeyError as exc:
        raise YamlError(f"the key {_duplicate(exc)} twice", "each key once", _line(exc)) from exc
    except (YAMLError, ValueError) as exc:
        raise YamlError(_said(exc), "a YAML 1.2 file", _line(exc)) from exc
    if not isinstance(data, dict):
        raise YamlError("no mapping of keys to values", "a file such as the example in calendar/README.md")
    if not all(isinstance(key, str) for key in data):
        raise YamlError("a key that is not text", "keys as calendar/README.md names them")
    return data


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise YamlError("something that is no regular file", "a file")
    if path.stat().st_size > MAX_BYTES:
        raise YamlError(f"{path.stat().st_size} bytes", f"at most {MAX_BYTES} bytes")
    raw = path.read_bytes()
    if b"\0" in raw:
        raise YamlError("a NUL byte", "text only", raw.count(b"\n", 0, raw.index(b"\0")) + 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise YamlError("bytes that are no UTF-8", "UTF-8", raw.count(b"\n", 0, exc.start) + 1) from exc


def _check_depth(yaml: YAML, text: str) -> None:
    """The parser is stopped at the first level that is too deep: it must not read on."""
    depth = 0
    for event in yaml.parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1
            raise YamlError(f"more than {MAX_DEPTH} levels of nesting", f"at most {MAX_DEPTH} levels", line)


def _check_node(node: Node, seen: set[int]) -> None:
    line = node.start_mark.line + 1
    if node.anchor is not None or id(node) in seen:
        raise YamlError("an anchor or alias (& or *)", "every value written out", line)
    if str(node.tag) not in _TAGS:
        raise YamlError(f"the tag {str(node.tag).removeprefix(_TAG_PREFIX)}", "no tags", line)
    seen.add(id(node))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            _check_node(key, seen)
            _check_node(value, seen)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _check_node(value, seen)


def _said(exc: Exception) -> str:
    problem = getattr(exc, "problem", None) or str(exc).splitlines()[0]
    return str(problem).removeprefix("found ")


def _duplicate(exc: DuplicateKeyError) -> str:
    problem = str(getattr(exc, "problem", "") or "")
    return problem.split('"')[1] if problem.count('"') >= 2 else "of a mapping"


def _line(exc: Exception) -> int | None:
    mark = getattr(exc, "problem_mark", None) if isinstance(exc, MarkedYAMLError) else None
    return int(mark.line) + 1 if mark is not None else None
