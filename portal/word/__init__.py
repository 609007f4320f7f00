"""Official papers in Word: templates (.docx) filled with plain words.

``letterhead`` says what the head and foot of a paper hold, for State and for Party papers; ``drawing`` is
the layout of the templates committed beside it; ``papers`` knows every kind of paper the portal writes;
``rendering`` fills a template and checks the one an office brings. An app adds a paper by registering it
in its own ``word`` module: a key, a template, the words it may use, a sample.
"""
