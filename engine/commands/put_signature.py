"""Keep or remove the image of a person's signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.errors import field_error
from engine.model.attachments import check_attachment

if TYPE_CHECKING:
    from engine.commands.services import Services

MAX_BYTES: Final = 200_000
_KINDS: Final = frozenset({"png", "jpg", "jpeg"})


@dataclass(frozen=True, kw_only=True)
class PutSignature:
    """签名图片: stands under every opinion from now on; earlier opinions keep what they had.

    Attributes:
        name: file name; its ending must fit the content.
        content: a PNG or JPEG image of at most 200,000 bytes.

    Raises:
        ValidationFailedError: another kind of file, empty or too large, at ``signature``.
    """

    name: str
    content: bytes = field(repr=False)

    def execute(self, services: Services) -> None:
        """Check and store."""
        check_attachment("signature", self.name, self.content, accept=_KINDS)
        if len(self.content) > MAX_BYTES:
            raise field_error(
                "signature",
                "ERR_ATTACHMENT",
                f"签名图片不超过 {MAX_BYTES // 1000} KB，请缩小后重新上传。",
                f"A signature has at most {MAX_BYTES // 1000} KB; make it smaller.",
            )
        sha256 = services.blobs.put(self.content)
        services.store.desks.put_signature(services.person.login, sha256)
        services.note("signature_kept", detail={"sha256": sha256})


@dataclass(frozen=True, kw_only=True)
class RemoveSignature:
    """删除签名图片: opinions from now on have none."""

    def execute(self, services: Services) -> None:
        """Forget it; the content stays for the opinions that bear it."""
        services.store.desks.put_signature(services.person.login, None)
        services.note("signature_removed")
