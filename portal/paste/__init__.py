"""Pasted text turned into proposals: the number line of a paper, its items, its legal bases, lists of persons,
a whole paper.

Owns how blocks of text are cut. Everything returned is a proposal that a person looks at before it is kept; nothing
is stored here, and no text, however odd, makes a function fail.
"""

from portal.paste.bases import Basis, split_bases
from portal.paste.items import as_item, split_items, stated_count
from portal.paste.number_line import NumberLine, read_number_line
from portal.paste.papers import LEFT_OVER, Part, PastedPaper, read_paper, without_left_over
from portal.paste.parties import is_body, split_duties, split_parties
from portal.paste.people import PersonLine, is_full_name, is_post, split_people, without_prefix
from portal.paste.printed import LONGEST_BLOCK
from portal.paste.signers import Signer, split_signers
from portal.paste.tables import columns_of, table_rows, untabbed

__all__ = [
    "LEFT_OVER",
    "LONGEST_BLOCK",
    "Basis",
    "NumberLine",
    "Part",
    "PastedPaper",
    "PersonLine",
    "Signer",
    "as_item",
    "columns_of",
    "is_body",
    "is_full_name",
    "is_post",
    "read_number_line",
    "read_paper",
    "split_bases",
    "split_duties",
    "split_items",
    "split_parties",
    "split_people",
    "split_signers",
    "stated_count",
    "table_rows",
    "untabbed",
    "without_left_over",
    "without_prefix",
]
