"""统计: what the journal got and printed, who earned what by it; plain rows that page, Excel, CSV,
PDF, Word and chart share.

`facts` asks the database, a fixed number of questions whatever the period; `contributions`,
`points`, `charts` and the rest are pure.
"""
