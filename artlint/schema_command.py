"""The `schema` command: show what the front matter of a file may hold."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `artlint schema`."""
    parser.add_argument("what", choices=("show",), help="print the schema")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="the file it is for")
    parser.add_argument("--schema", metavar="NAME", help="a preset instead of the configured schema")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")
    parser.add_argument(
        "--allow-python", action="store_true", help="import the pydantic model that a configuration names"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint schema`; returns the exit code."""
    from artlint.config import Config, find_config, load_config
    from artlint.config_values import named_preset
    from artlint.errors import ArtlintError
    from artlint.explain import schema_page
    from artlint.terminal import columns

    if len(arguments.paths) > 1:
        raise ArtlintError(f"`{arguments.paths[1]}` is too much; `artlint schema show` is about one file")
    path = Path(arguments.paths[0] if arguments.paths else "article.md")
    found = None if arguments.isolated else find_config(path.parent)
    config = load_config(found, arguments.allow_python) if found else Config()
    settings = config.for_path(str(path)).settings
    schema = named_preset(arguments.schema) if arguments.schema else settings.schema_for(str(path))
    if arguments.output_format == "json":
        print(json.dumps(schema.document, ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(schema_page(schema, columns(sys.stdout)))
    return 0
