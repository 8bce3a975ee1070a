"""Sets the sheet in DESK (`python -m articles.slips.compositor DESK FONT_FOLDER`)."""

import sys
from pathlib import Path

import typst

from servicejournal import fonts


def main(desk: Path, font_folder: str) -> None:
    typefaces = fonts.typefaces(font_folder)
    compiler = typst.Compiler(input=desk / "slip.typ", root=desk, font_paths=typefaces)
    (desk / "slip.pdf").write_bytes(compiler.compile(format="pdf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
