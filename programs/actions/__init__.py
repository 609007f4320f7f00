"""The verbs of programmes and of the papers beside them."""

from programs.actions.ending import terminate
from programs.actions.items import BodyEntry, ItemEntry
from programs.actions.programs import (
    ProgramEntry,
    approve,
    publish,
    refresh,
    save_program,
    touching,
    withdraw,
)

__all__ = [
    "BodyEntry", "ItemEntry", "ProgramEntry", "approve", "publish", "refresh",
    "save_program", "terminate", "touching", "withdraw",
]  # fmt: skip
