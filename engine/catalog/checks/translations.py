"""English readers need every text; what lacks one is shown in Chinese, so this only warns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.catalog.checks.subject import hint
from engine.catalog.resources import ResourceKind, rungs
from engine.catalog.texts import is_chinese, missing_in, texts_of_form, texts_of_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

_SHOWN: Final = 5


def check_translations(subject: Subject) -> Iterator[Finding]:
    """Check ``process.toml``, models and forms against ``en.toml``."""
    yield from _info(subject)
    for resource, model in subject.models:
        missing = missing_in(texts_of_model(model), _english(subject, resource.region))
        yield from _report(resource, missing)
    for resource in subject.package.of_kind(ResourceKind.FORM):
        shown = texts_of_form(subject.content(resource))
        yield from _report(resource, missing_in(shown, _english(subject, resource.region)))


def _english(subject: Subject, region: str) -> Mapping[str, str]:
    layers = {item.region: item.sha256 for item in subject.package.of_kind(ResourceKind.TEXTS)}
    chain = [layers[code] for code in reversed(rungs(region)) if code in layers]
    return subject.package.catalog.texts(tuple(chain))


def _info(subject: Subject) -> Iterator[Finding]:
    info = subject.package.info
    pairs = [
        ("name", info.name, info.name_en),
        ("category", info.category, info.category_en),
        ("description", info.description, info.description_en),
        *((f"summary: {item.label}", item.label, item.label_en) for item in info.summary),
    ]
    english = _english(subject, "")
    missing = [key for key, zh, en in pairs if is_chinese(zh) and not en and zh not in english]
    yield from _report(subject.package.of_kind(ResourceKind.INFO)[0], missing)


def _report(resource: Resource, missing: list[str]) -> Iterator[Finding]:
    if not missing:
        return
    listed = "、".join(f"“{text}”" for text in missing[:_SHOWN])
    more = "……" if len(missing) > _SHOWN else ""
    yield hint(
        resource,
        "english-text",
        "",
        f"缺少 {len(missing)} 条英文，请补入 en.toml：{listed}{more}",
        f"{len(missing)} texts lack English in en.toml: {listed}{more}",
    )
