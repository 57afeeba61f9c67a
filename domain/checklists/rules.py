"""What a policy changes of the shipped checklists (spec 5.1): lists, single items, who, how strictly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.checklists.model import Auto, Checklist, Coverage, Item, Only, Phase, Section
from domain.checklists.shipped import shipped
from domain.names import Names
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.types import ReleaseType

ItemKey = Annotated[str, StringConstraints(pattern=r"^[a-z]{1}[a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=150, strip_whitespace=True)]
Percent = Annotated[int, Field(ge=0, le=100)]
MOST = 60
"""Items of one list: more than fit into what is shown of it in Slack would be asked of nobody."""


class ItemRule(Rule):
    """An item of a policy's own. One language is enough. Without `types` all releases are asked for it, but
    before the release no hotfix (spec 2.1).
    """

    key: ItemKey
    ko: Text | None = None
    en: Text | None = None
    section: str = ""
    auto: Auto | None = None
    only: Only = Only.ALWAYS
    types: tuple[ReleaseType, ...] | None = None
    roles: tuple[Role, ...] = ()
    owners: tuple[Role, ...] = ()
    of_candidate: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.ko or self.en):
            raise PydanticCustomError("item_text", "an item has a text: ko, en, or both")
        return self

    def item(self, phase: Phase) -> Item:
        return Item(
            key=self.key,
            text=Names(ko=self.ko or "", en=self.en or ""),
            section=self.section,
            auto=self.auto,
            only=self.only,
            types=_asked_of(phase) if self.types is None else self.types,
            roles=self.roles,
            owners=self.owners,
            of_candidate=self.of_candidate,
        )


def _asked_of(phase: Phase) -> tuple[ReleaseType, ...]:
    spared = {ReleaseType.HOTFIX} if phase is Phase.PRE_RELEASE else set()
    return tuple(kind for kind in ReleaseType if kind not in spared)


class ListRule(Rule):
    """What is other than shipped in one list. `items` stand in the place of all shipped ones.

    `item_roles` are who may tick single items besides the `roles` of the list.
    """

    strictness: Strictness = Strictness.BLOCK
    roles: tuple[Role, ...] | None = None
    waive: tuple[Role, ...] | None = None
    sections: dict[str, Names] = Field(default_factory=dict)
    items: tuple[ItemRule, ...] | None = None
    add: tuple[ItemRule, ...] = ()
    drop: tuple[str, ...] = ()
    item_roles: dict[str, tuple[Role, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.items is not None and (self.add or self.drop):
            raise PydanticCustomError("list_twice", "items replace the list; add and drop change it")
        return self


class CoverageRule(Rule):
    unit: Percent = Coverage.unit
    integration: Percent = Coverage.integration


class ChecklistRules(Rule):
    """`coverage` are the targets of the two items on it, in percent."""

    coverage: CoverageRule = CoverageRule()
    lists: dict[Phase, ListRule] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for phase, rule in self.lists.items():
            _check(shipped()[phase], rule, self.of(phase))
        return self

    def of(self, phase: Phase) -> Checklist:
        """The list as this policy has it, with the items of all types."""
        given = replace(shipped()[phase], coverage=Coverage(**vars(self.coverage)))
        rule = self.lists.get(phase)
        return _changed(given, rule) if rule else given

    def for_release(self, phase: Phase, kind: ReleaseType) -> Checklist:
        """Only what releases of this type are asked for."""
        whole = self.of(phase)
        return replace(whole, items=tuple(item for item in whole.items if kind in item.types))

    @property
    def relaxed(self) -> tuple[Phase, ...]:
        """The lists that this policy takes less strictly than the defaults."""
        return tuple(phase for phase, rule in self.lists.items() if rule.strictness is not Strictness.BLOCK)


def _changed(given: Checklist, rule: ListRule) -> Checklist:
    replaced = rule.items is not None
    kept = () if replaced else tuple(item for item in given.items if item.key not in rule.drop)
    own = tuple(one.item(given.phase) for one in (rule.items or ()) + rule.add)
    titles = {} if replaced else {section.key: section for section in given.sections}
    titles |= {key: Section(key, title) for key, title in rule.sections.items()}
    items = tuple(_for_more(item, rule.item_roles.get(item.key, ())) for item in (*kept, *own))
    return replace(
        given,
        roles=given.roles if rule.roles is None else rule.roles,
        waive=given.waive if rule.waive is None else rule.waive,
        sections=tuple(titles.values()),
        items=items,
        strictness=rule.strictness,
    )


def _for_more(item: Item, roles: tuple[Role, ...]) -> Item:
    return replace(item, roles=roles) if roles else item


def _check(given: Checklist, rule: ListRule, made: Checklist) -> None:
    """Raises PydanticCustomError: a misspelt key must not silently change nothing."""
    keys = Counter(item.key for item in made.items)
    shipped_keys = {item.key for item in given.items}
    sections = {section.key for section in made.sections} | {""}
    wrong = {
        "item_twice": [key for key, count in keys.items() if count > 1],
        "item_unknown": [
            *(key for key in rule.drop if key not in shipped_keys),
            *(key for key in rule.item_roles if key not in keys),
        ],
        "list_section_unknown": [item.section for item in made.items if item.section not in sections],
    }
    for kind, found in wrong.items():
        if found:
            problem = f"{kind}: {found[0]}"
            raise PydanticCustomError(kind, problem, {"key": found[0], "list": given.phase.value})
    if len(made.items) > MOST:
        raise PydanticCustomError("list_too_long", "at most {limit} items", {"limit": MOST})
