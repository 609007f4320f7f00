"""The clean-up pages of the ground: every register and paper, with columns, filters, search and history.

``portal.clean_up`` owns who may enter and how models are grouped; ``kept`` here how a change becomes one act with its
reason; ``fields`` what is typed; ``searching`` how words are matched; ``versions`` how history is told.
The other modules register the models of one concept each. Not registered: ``Reach`` and circles, which
``portal.actions.registers.rebuild_reach`` writes anew from successions and superiors, so that there is
nothing in it to clean.
"""

from portal.admin import (
    accounts,
    bodies,
    figures,
    journal,
    papers,
    people,
    small_registers,
    territories,
    word,
    years,
)

__all__ = [
    "accounts",
    "bodies",
    "figures",
    "journal",
    "papers",
    "people",
    "small_registers",
    "territories",
    "word",
    "years",
]
