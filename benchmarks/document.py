"""The table, as it is printed and as it stands in docs/performance.md between two marks. Pure but for the file."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure

BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench writes -->"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, and below it what stands behind each."""
    lines = ["| measure | reached | goal | met |", "|---|---|---|---|"]
    lines += [
        f"| {_cell(f.measure)} | {_cell(f.reached)} | {_cell(f.goal)} | {'yes' if f.met else '**no**'} |"
        for f in figures
    ]
    behind = [f"- **{figure.measure}**: {figure.how}" for figure in figures if figure.how]
    return "\n".join([*lines, *(["", *behind] if behind else [])])


def write(document: Path, text: str) -> None:
    """Put a text between the marks of a document; ValueError where it has not exactly one of each."""
    whole = document.read_text("utf-8")
    if whole.count(BEGIN) != 1 or whole.count(END) != 1 or whole.index(BEGIN) > whole.index(END):
        raise ValueError(f"{document}: expected {BEGIN} and, after it, {END}, once each")
    before, _, rest = whole.partition(BEGIN)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{after}", "utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
