"""The last section of every notice of a procurement: whom to ask."""

from __future__ import annotations

from handlers.records.notices import Section


def contacts(purchaser: str, contact: str, phone: str, *, agency: str = "") -> Section:
    """Return 联系方式.

    Args:
        purchaser: name of the purchaser.
        contact: the person in charge of the project.
        phone: as typed.
        agency: name of the agency that acts for the purchaser, empty without one.
    """
    acting = (("采购代理机构", agency),) if agency else ()
    return Section(
        heading="联系方式",
        fields=(("采购人", purchaser), *acting, ("项目联系人", contact), ("电话", phone)),
    )
