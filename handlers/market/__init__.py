"""What suppliers and agencies may look through: what is theirs, and nothing else."""

from typing import Final

from engine.handler import registry

#: Kinds of units that are no part of the administration.
OUTSIDERS: Final = ("供应商", "采购代理机构")

registry.outsiders.update(OUTSIDERS)
