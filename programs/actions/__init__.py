"""The verbs of programmes and of the papers beside them."""

from programs.actions.programs import (
    BodyEntry,
    ItemEntry,
    ProgramEntry,
    approve,
    publish,
    refresh,
    save_program,
    terminate,
    touching,
    withdraw,
)

__all__ = [
    "BodyEntry", "ItemEntry", "ProgramEntry", "approve", "publish", "refresh",
    "save_program", "terminate", "touching", "withdraw",
]  # fmt: skip
