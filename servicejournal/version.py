"""Which version this is, as pyproject.toml says."""

import tomllib
from pathlib import Path

NUMBER: str = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
)["project"]["version"]
