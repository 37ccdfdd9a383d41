"""From sentences to a picture of who works with whom: ties, matrix, network, timeline, map.

`reader` reads ties from a document and its provisions, `columns` packs them into numbers, `picture` counts them,
`network` joins them. Nothing here knows a database, a clock or a file.
"""
