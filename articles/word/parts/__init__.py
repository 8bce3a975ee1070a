"""The parts of a .docx: looked at before anything parses them, known by name, mended."""
