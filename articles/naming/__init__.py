"""What becomes of the names of branches and authors: renamed, merged, closed. Print stays.

`rules` says who may and why not, `touched` looks before anything happens, `alike` finds what may be
the same; the verbs are in `renaming`, `closing` and `merging` (`moving` is how rows change hands).
"""
