"""What a host's copying leaves between the lines of print, told by kind; and the account of all
lines: toolbars, page numbers, bylines fused with their text, tables laid flat, verse.
"""
