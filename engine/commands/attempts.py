"""Work that may fail without taking the command with it: undone, then an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import StaleRevisionError, WorkflowError

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands.services import Services
    from engine.store.incidents import Stopped


def attempt(services: Services, work: Callable[[], object]) -> WorkflowError | None:
    """Do ``work``; return why it failed, ``None`` when it did not.

    Raises:
        StaleRevisionError: somebody else changed the matter; the whole command is tried again.
    """
    lines, notices = len(services.audit_lines), len(services.notices)
    try:
        with services.store.session.begin_nested():
            work()
    except StaleRevisionError:
        raise
    except WorkflowError as error:
        del services.audit_lines[lines:], services.notices[notices:]
        return error
    return None


def open_incident(
    services: Services,
    place: tuple[int, int, str],
    stopped: tuple[Stopped, int | None],
    error: WorkflowError,
) -> None:
    """Show an administrator what stopped.

    Args:
        services: of the command.
        place: (instance key, root key, element id).
        stopped: (kind, row key).
        error: why.
    """
    instance_key, root_key, element_id = place
    services.store.incidents.add(
        instance_key=instance_key,
        root_key=root_key,
        element_id=getattr(error, "element_id", element_id),
        stopped=stopped[0],
        stopped_key=stopped[1],
        kind=error.code,
        message=error.message_zh[:2_000],
        created_at=services.now,
    )
    services.note(
        "incident_opened",
        root_key=root_key,
        detail={"code": error.code, "message": error.message_zh[:500]},
    )
