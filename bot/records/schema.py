"""The JSON Schema of each sort of record, made from the model, for editors that check while one writes.

`python -m bot.records.schema` writes the files beside the records; with `--check` it says which are stale.
"""

import json
import sys
from pathlib import Path
from typing import Any

from bot.records.loading import FOLDERS


def schema_of(folder: str) -> str:
    """The schema of a file in that folder of `calendar/`, as the text of its `.schema.json`."""
    schema: dict[str, Any] = FOLDERS[folder].model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def stale_schemas(calendar_dir: Path) -> list[str]:
    """The names of the schema files that differ from the model."""
    paths = {folder: calendar_dir / f"{folder}.schema.json" for folder in FOLDERS}
    return [path.name for folder, path in paths.items() if not path.exists() or path.read_text() != schema_of(folder)]


def write_schemas(calendar_dir: Path) -> None:
    """Write the schema files."""
    for folder in FOLDERS:
        (calendar_dir / f"{folder}.schema.json").write_text(schema_of(folder))


def main() -> None:
    """Write the schemas into `calendar/`, or with `--check` exit with 1 where one is stale."""
    folder = Path("calendar")
    if "--check" not in sys.argv[1:]:
        write_schemas(folder)
    elif stale := stale_schemas(folder):
        sys.exit(f"stale: {', '.join(stale)}; run python -m bot.records.schema")


if __name__ == "__main__":
    main()
