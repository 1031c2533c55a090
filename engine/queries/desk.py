"""What a person keeps for the daily work, and the signatures under opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.entitlement import require_reader
from engine.commands.services import key_of
from engine.errors import NotFoundError
from engine.queries.attachment_content import StoredFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True)
class DeskView:
    """A person's own things.

    Attributes:
        phrases: opinions written often, in order; empty = none kept.
        signed: an image of the signature is kept.
    """

    phrases: Sequence[str]
    signed: bool


@dataclass(frozen=True, kw_only=True)
class DeskQuery:
    """The desk of the reader."""

    def answer(self, services: Services) -> DeskView:
        """Read it."""
        person = services.person
        return DeskView(services.store.desks.phrases(person.login), person.signature is not None)


@dataclass(frozen=True, kw_only=True)
class OwnSignature:
    """The image of the reader's own signature.

    Raises:
        NotFoundError: none is kept.
    """

    def answer(self, services: Services) -> StoredFile:
        """Read it."""
        return _image(services.person.signature, services)


@dataclass(frozen=True, kw_only=True)
class SignatureUnder:
    """The signature under the opinion of a work item, for readers of the matter.

    Raises:
        NotFoundError: no such work item, or nobody signed.
        NotAllowedError: not entitled.
    """

    work_item_key: str

    def answer(self, services: Services) -> StoredFile:
        """Read it."""
        item = services.store.work_items.get(key_of(self.work_item_key, "任务", "task"))
        if item is None:
            raise NotFoundError("任务", "task", self.work_item_key)
        root = services.store.instances.tree(item.root_key)[0]
        require_reader(root, services.store.work_items.of_matter(item.root_key), services)
        return _image(item.signature, services)


def _image(sha256: str | None, services: Services) -> StoredFile:
    if sha256 is None:
        raise NotFoundError("签名图片", "signature", "-")
    content = services.blobs.get(sha256)
    is_png = content.startswith(b"\x89PNG")
    kind = "png" if is_png else "jpeg"
    return StoredFile(f"signature.{kind}", f"image/{kind}", content)
