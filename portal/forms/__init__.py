"""Forms of the ground: field types, pickers from registers, row sets, and the head of any paper.

A form here validates and explains; it stores nothing. Its raw data (``{field: [values]}``) is what
autosave, working copies, a resumed session and a change of kind all carry.
"""
