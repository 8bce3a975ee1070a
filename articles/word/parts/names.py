"""The names that a .docx is written in. `W + "p"` is a paragraph."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

#: The “strict” dialect says the same under other names.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC,
    b"http://purl.oclc.org/ooxml/officeDocument/math": M,
}
