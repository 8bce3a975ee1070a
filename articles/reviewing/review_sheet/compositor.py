"""Sets the sheet (`python -m articles.reviewing.review_sheet.compositor BENCH FONT_FOLDER`)."""

import sys
from pathlib import Path

import typst

from servicejournal.papers import fonts


def main(bench: Path, font_folder: str) -> None:
    typefaces = fonts.typefaces(font_folder)
    compiler = typst.Compiler(input=bench / "sheet.typ", root=bench, font_paths=typefaces)
    (bench / "sheet.pdf").write_bytes(fonts.one_file(compiler.compile(format="pdf")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
