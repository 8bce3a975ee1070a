"""Back issues: `dump.parse` reads the text that a flipbook host gives away, and stores nothing.

The text is print torn apart, and is put together again in this order:
`lines` (bytes → lines) → `host` (what the host wrote around it) → `sections` (栏目, running heads,
the masthead) → `front` (cover, contents page, colophon) → `beginnings` (where each article begins)
→ `stitch` (columns and cut sentences) → `structure` (clean HTML); `shapes` says what a line looks
like, `articles.bylines` reads ◎净月支行 谷淳, `facts` are the results, `dump` leads through it.
"""
