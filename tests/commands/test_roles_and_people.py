from __future__ import annotations

import pytest

from commands import seen
from commands.requests import (
    ChannelSeen,
    Confirm,
    GiveRole,
    GroupSeen,
    LinkAuthor,
    MemberMoved,
    NameStakeholders,
    PeopleSeen,
    StartRelease,
    TakeRole,
)
from commands.show import lists
from domain import refusals as r
from domain.errands import InChannel
from domain.events import AuthorLinked, Confirmed, RoleGiven, RoleTaken, StakeholdersNamed
from domain.people import Role
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType, Stage
from storage import people
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import GIT, Driver, changes
from tests.support.world import (
    CHANNEL,
    DEV,
    DEV2,
    GUEST,
    IC,
    ONCALL,
    OPS,
    OUTSIDE,
    OWNER,
    PM,
    PROJECT,
    QA,
    RM,
    RM2,
    TL,
    person,
    world,
)

A, S, R = Action, Stage, ReleaseType
GIVE = GiveRole(project=PROJECT, role=Role.RELEASE_MANAGER, holder=DEV)
TAKE = TakeRole(project=PROJECT, role=Role.RELEASE_MANAGER, holder=DEV)


def holders(drive: Driver, role: Role) -> tuple[str, ...]:
    return drive.read(lists.roles, PROJECT).members[role]


# --- roles ------------------------------------------------------------------------------------------------


def test_owners_give_and_take_roles_and_it_is_announced(drive: Driver) -> None:
    assert drive.ok(GIVE, OWNER) == RoleGiven(role=Role.RELEASE_MANAGER, holder=DEV)
    assert holders(drive, Role.RELEASE_MANAGER) == (DEV, RM, RM2)
    assert drive.ok(TAKE, OWNER) == RoleTaken(role=Role.RELEASE_MANAGER, holder=DEV)
    assert holders(drive, Role.RELEASE_MANAGER) == (RM, RM2)
    assert [tell.to for tell in drive.told(RoleGiven)] == [InChannel(CHANNEL)]


@pytest.mark.parametrize("user", [RM, PM, DEV])
def test_only_owners_change_roles(drive: Driver, user: str) -> None:
    assert drive.no(GIVE, user) == r.NotAllowed("roles", (), (OWNER,))


def test_owners_never_change_their_own_roles(drive: Driver) -> None:
    mine = GiveRole(project=PROJECT, role=Role.PM, holder=OWNER)
    assert drive.no(mine, OWNER) == r.OwnRoles()


@pytest.mark.parametrize("user", [GUEST, "U0NOBODY"])
def test_only_people_who_count_get_roles(drive: Driver, user: str) -> None:
    refusal = drive.no(GiveRole(project=PROJECT, role=Role.PM, holder=user), OWNER)
    assert refusal == r.Unreadable("person", user)


def test_a_role_is_given_once_and_taken_once(drive: Driver) -> None:
    drive.ok(GIVE, OWNER)
    assert drive.no(GIVE, OWNER) == r.AlreadySo("role")
    drive.ok(TAKE, OWNER)
    assert drive.no(TAKE, OWNER) == r.Gone("role")


def test_what_the_file_says_is_changed_in_the_file(drive: Driver) -> None:
    refusal = drive.no(TakeRole(project=PROJECT, role=Role.PM, holder=PM), OWNER)
    assert refusal == r.RoleLocked(Role.PM)


def test_locked_roles_and_stakeholders_are_not_given(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, roles={"pm": {"users": [PM], "locked": True}})
    drive = Driver(database, clock)
    for role in (Role.PM, Role.STAKEHOLDER):
        refusal = drive.no(GiveRole(project=PROJECT, role=role, holder=DEV), OWNER)
        assert refusal == r.RoleLocked(role)


def test_a_group_gives_its_members_the_role(drive: Driver) -> None:
    drive.ok(GiveRole(project=PROJECT, role=Role.PM, holder="S0PMS"), OWNER)
    group = GroupSeen(group="S0PMS", users=(DEV, GUEST))
    with drive.tx() as tx:
        seen.group_seen(tx, group, GIT)
    assert holders(drive, Role.PM) == (DEV, PM)


def test_taking_a_role_voids_an_approval_that_rests_on_it(drive: Driver) -> None:
    drive.ok(GiveRole(project=PROJECT, role=Role.RELEASE_MANAGER, holder=DEV), OWNER)
    release = drive.to_approval()
    drive.decide(release, DEV)
    drive.ok(TAKE, OWNER)
    assert drive.stage(release) is S.APPROVAL


def test_leaving_a_group_voids_an_approval_that_rests_on_it(drive: Driver) -> None:
    drive.ok(GiveRole(project=PROJECT, role=Role.RELEASE_MANAGER, holder="S0RMS"), OWNER)
    with drive.tx() as tx:
        seen.group_seen(tx, GroupSeen(group="S0RMS", users=(DEV,)), GIT)
    release = drive.to_approval()
    drive.decide(release, DEV)
    with drive.tx() as tx:
        seen.group_seen(tx, GroupSeen(group="S0RMS", users=()), GIT)
    assert drive.stage(release) is S.APPROVAL


def test_becoming_a_guest_voids_an_approval(drive: Driver) -> None:
    release = drive.to_approved()
    with drive.tx() as tx:
        seen.people_seen(tx, PeopleSeen(people=(person(RM2, guest=True),)), GIT)
    assert drive.stage(release) is S.APPROVAL


def test_a_new_name_voids_nothing(drive: Driver) -> None:
    release = drive.to_approved()
    with drive.tx() as tx:
        seen.people_seen(tx, PeopleSeen(people=(person(RM2, name="Kim"),)), GIT)
    assert drive.stage(release) is S.APPROVED


def test_members_of_the_channel_are_kept_as_slack_tells_them(drive: Driver) -> None:
    drive.read_repository()
    request = StartRelease(project=PROJECT, type=R.REGULAR)
    with drive.tx() as tx:
        seen.member_moved(tx, MemberMoved(channel=CHANNEL, user=OUTSIDE, joined=True), GIT)
        seen.member_moved(tx, MemberMoved(channel=CHANNEL, user=DEV, joined=False), GIT)
    assert drive.no(request, DEV) == r.NotAMember("outside", CHANNEL)
    drive.ok(request, OUTSIDE)
    with drive.tx() as tx:
        seen.channel_seen(tx, ChannelSeen(channel=CHANNEL, users=(DEV,)), GIT)
    assert drive.read(people.is_member, CHANNEL, DEV)
    assert not drive.read(people.is_member, CHANNEL, OUTSIDE)


# --- authors ----------------------------------------------------------------------------------------------


def test_a_linked_author_is_barred_from_the_next_build_on(drive: Driver) -> None:
    link = LinkAuthor(project=PROJECT, email=" Old@Else.example ", user=RM2)
    assert drive.ok(link, OWNER) == AuthorLinked(email="old@else.example", user=RM2)
    release = drive.start()
    drive.cut(release)
    drive.build(release, scope=changes(top_authors=("old@else.example",)))
    assert (drive.release(release).authors, drive.release(release).unlinked) == ((RM2,), ())


def test_a_link_needs_an_address_and_an_owner(drive: Driver) -> None:
    wrong = LinkAuthor(project=PROJECT, email="kim", user=RM2)
    assert drive.no(wrong, OWNER) == r.Unreadable("email", "kim", "emma@example.com")
    right = LinkAuthor(project=PROJECT, email="kim@x.example", user=RM2)
    assert isinstance(drive.no(right, RM), r.NotAllowed)


# --- confirming -------------------------------------------------------------------------------------------

MAY = {
    ConfirmItem.DEPLOYER_STANDING_BY: {RM, RM2, OPS},
    ConfirmItem.ONCALL_STANDING_BY: {ONCALL, OPS},
}


@pytest.mark.parametrize("item", list(ConfirmItem))
def test_a_named_person_confirms_and_nobody_else(drive: Driver, item: ConfirmItem) -> None:
    release = drive.to_approved()
    request = Confirm(release=release, item=item, candidate=1, note=" seen ")
    for user in {RM, RM2, TL, PM, IC, QA, OPS, ONCALL, DEV} - MAY[item]:
        assert isinstance(drive.no(request, user), r.NotAllowed)
    user = min(MAY[item])
    assert drive.ok(request, user) == Confirmed(
        release=release, version="1.5.0", item=item, candidate=1, note="seen"
    )
    assert drive.no(request, user) == r.AlreadySo(item, user)


def test_nothing_is_confirmed_before_its_time(drive: Driver) -> None:
    release = drive.to_qa()
    for item in ConfirmItem:
        refusal = drive.no(Confirm(release=release, item=item, candidate=1), RM)
        assert refusal == r.TooLate("1.5.0", S.QA)


def test_an_older_candidates_button_confirms_nothing(drive: Driver) -> None:
    release = drive.to_approved()
    refusal = drive.no(Confirm(release=release, item=ConfirmItem.DEPLOYER_STANDING_BY, candidate=7), QA)
    assert refusal == r.Outdated("1.5.0", 7, 1)


def test_an_incident_commander_confirms_for_a_hotfix(drive: Driver) -> None:
    release = drive.to_approved(R.HOTFIX)
    drive.confirm(release, ConfirmItem.DEPLOYER_STANDING_BY, IC)
    assert drive.release(release).confirmed(ConfirmItem.DEPLOYER_STANDING_BY)


# --- stakeholders -----------------------------------------------------------------------------------------


def test_stakeholders_are_named_before_approval_is_asked(drive: Driver) -> None:
    release = drive.to_qa(R.FEATURE, stakeholders=())
    named = NameStakeholders(release=release, users=(DEV, DEV2))
    assert isinstance(drive.no(named, QA), r.NotAllowed)
    wrong = NameStakeholders(release=release, users=(GUEST,))
    assert drive.no(wrong, PM) == r.Unreadable("person", GUEST)
    assert drive.ok(named, PM) == StakeholdersNamed(release=release, version="1.5.0", users=(DEV, DEV2))
    drive.pass_qa(release)
    assert drive.no(named, PM) == r.TooLate("1.5.0", S.APPROVAL)
