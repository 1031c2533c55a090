"""What everybody may read without a log-in: published notices, their files, open data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.errors import NotFoundError
from engine.gazette import Site
from engine.model.keys import parse_key
from engine.queries.attachment_content import StoredFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.commands.services import Services
    from engine.gazette import (
        Gazette,
        GazetteFront,
        GazetteGroup,
        GazetteList,
        NoticePage,
        Place,
        Wanted,
    )

#: Of a version and of a file's place, as PostgreSQL keeps them.
_LARGEST: Final = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class GazetteMenu:
    """The groups of notices and the divisions that have some; none where nothing is published."""

    def answer(self, services: Services) -> tuple[Sequence[GazetteGroup], Sequence[Place]]:
        """Read them."""
        found = services.registry.gazette
        return (found.groups, found.places(services.store.session)) if found else ((), ())


@dataclass(frozen=True, kw_only=True)
class GazetteFrontPage:
    """The newest notices of each group.

    Attributes:
        size: lines of a group.
    """

    size: int

    def answer(self, services: Services) -> GazetteFront:
        """Read them."""
        return _gazette(services).front(services.store.session, self.size)


@dataclass(frozen=True, kw_only=True)
class GazetteNotices:
    """Notices that are asked for, newest first."""

    wanted: Wanted

    def answer(self, services: Services) -> GazetteList:
        """Read a page of them."""
        return _gazette(services).notices(services.store.session, self.wanted)


@dataclass(frozen=True, kw_only=True)
class GazetteNotice:
    """A version of a notice, the latest when none is named.

    Raises:
        NotFoundError: it was never published.
    """

    key: str
    version: str = ""

    def answer(self, services: Services) -> NoticePage:
        """Read it."""
        key, version = _numbers(self.key, self.version or "0")
        page = _gazette(services).page(services.store.session, key, version or None)
        if page is None or (self.version and not version):
            raise _no_notice(self.key)
        return page


@dataclass(frozen=True, kw_only=True)
class GazetteFile:
    """A file of a published version.

    Raises:
        NotFoundError: it was never published.
    """

    key: str
    version: str
    position: str

    def answer(self, services: Services) -> StoredFile:
        """Read it with its content."""
        key, version, position = _numbers(self.key, self.version, self.position)
        row = _gazette(services).file(services.store.session, key, version, position)
        if row is None:
            raise _no_notice(self.key)
        return StoredFile(row.name, row.content_type, services.blobs.get(row.sha256))


@dataclass(frozen=True, kw_only=True)
class GazetteAddresses:
    """Keys of notices with the moment of their last version, by key.

    Attributes:
        after: the key before the first one.
        number: how many at most.
    """

    after: int
    number: int

    def answer(self, services: Services) -> Sequence[tuple[int, datetime]]:
        """Read them."""
        session = services.store.session
        return _gazette(services).addresses(session, self.after, self.number)


@dataclass(frozen=True, kw_only=True)
class GazetteData:
    """Open data by name.

    Attributes:
        name: what stands behind the address of open data.
        address: of the site, where the settings name none.

    Raises:
        NotFoundError: there is none of that name.
    """

    name: str
    address: str

    def answer(self, services: Services) -> bytes:
        """Return its JSON."""
        settings = services.settings
        site = Site(address=settings.public_address or self.address, publisher=settings.publisher)
        found = _gazette(services).data(services.store.session, self.name, site)
        if found is None:
            raise NotFoundError("开放数据", "open data", self.name)
        return found


def _gazette(services: Services) -> Gazette:
    found = services.registry.gazette
    if found is None:
        raise NotFoundError("公告栏", "gazette", "")
    return found


def _numbers(*texts: str) -> list[int]:
    """Return the key of a notice, then what counts within it, which the database keeps short."""
    keys = [parse_key(text) for text in texts]
    found = [key for key in keys if key is not None]
    if len(found) < len(keys) or any(number > _LARGEST for number in found[1:]):
        raise _no_notice(texts[0])
    return found


def _no_notice(key: str) -> NotFoundError:
    return NotFoundError("公告", "notice", key)
