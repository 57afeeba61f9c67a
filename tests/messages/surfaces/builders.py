"""Domain values as they typically are, for the messages that show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Decision, Outcome, Slot, Tally
from domain.calendar.blackouts import Blackout
from domain.calendar.conflicts import Conflicts
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import (
    Budget,
    ExceptionResult,
    ExceptionState,
    FreezeException,
    Judgement,
    Restriction,
)
from domain.calendar.gate import GateAction, GateAnswer
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateReason, Verdict
from domain.calendar.rules import CalendarRules
from domain.calendar.slots import slots
from domain.checklists.model import Phase
from domain.commits import ChangeCounts, ChangeKind
from domain.corrections import CUT, Told
from domain.criteria.model import Breach, Level, Why
from domain.detection import MASK
from domain.difference import Difference
from domain.digest import DigestSetting
from domain.errands import DateTaken
from domain.events import Logged
from domain.health.baselines import Baseline
from domain.health.model import Reading, Source, WhyNone
from domain.health.now import Health, Measured
from domain.health.ranges import Judged
from domain.health.rules import HealthRules
from domain.links import Links
from domain.people import Holding, Role, RoleSource
from domain.policy import Contact, RollbackPolicy
from domain.release import Candidate, Condition, LeftOut, QaReport, Release
from domain.rollback import Criterion, Entry, Room, RoomState, Seat, Step, StepKey, StepState
from domain.rollback.moves import Move, handed_back, move
from domain.rollback.plan import begun, steps_of
from domain.scope import Line, RepositoryFacts, Scope, Size, Variable, VariableChange
from domain.type_policy import Separation
from domain.types import Action, Column, Environment, ReleaseType, RolloutStrategy, Stage
from domain.versions import Version
from domain.views import (
    ApprovalView,
    BlackoutForm,
    CardView,
    ChosenTime,
    CorrectForm,
    DueOccurrence,
    ExceptionForm,
    ExceptionView,
    HealthView,
    HomeView,
    NeededException,
    OccurrenceForm,
    Progress,
    ProjectHome,
    ProjectView,
    RetargetForm,
    RollbackForm,
    RoomView,
    Row,
    ScopeView,
    StartForm,
    TakenIn,
    Task,
    WindowForm,
)
from domain.ways_back import Alternative, MigrationWay, WayBack, WayKind
from messages.texts import Reader

SEOUL = "Asia/Seoul"
NOW = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # Tue 3 March, 10:00 in Seoul
DEPLOY = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)  # Thu 5 March, 14:00 in Seoul
FREEZE = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
ID = "0b7e3c1a-4f6d-4c59-9a27-5d0f1b2c3d4e"
SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"

KO_CHANNEL = Reader("ko", SEOUL)
EN_CHANNEL = Reader("en", SEOUL)
EN_PERSON = Reader("en", "Europe/Berlin", SEOUL)
KO_PERSON = Reader("ko", SEOUL, SEOUL)

PROJECT = ProjectView(
    key="shop", title={"ko": "쇼핑", "en": "Shop"}, channel="C0RELEASE", language="ko", zone=SEOUL
)
OPEN = GateAnswer(verdict=Verdict.OPEN, at=NOW)
CLOSED = GateAnswer(
    verdict=Verdict.CLOSED,
    at=NOW,
    reasons=(
        GateReason(
            rule=GateRule.BLACKOUT,
            verdict=Verdict.CLOSED,
            subject="b1",
            name="New year",
            detail="year end",
            until=DEPLOY,
            grantors=(Role.PM,),
        ),
        GateReason(rule=GateRule.WINDOW, verdict=Verdict.CLOSED, until=DEPLOY),
    ),
    next_open=DEPLOY,
    next_change=DEPLOY,
)
SCOPE = Scope(
    since="v1.4.2",
    sha=SHA,
    counts=ChangeCounts(features=2, fixes=1, breaking=1),
    lines=(
        Line(
            sha=SHA,
            kind=ChangeKind.FEATURE,
            text="keep coupons in the cart",
            author="mina@shop.kr",
            scope="cart",
            pull_request=812,
        ),
        Line(
            sha=SHA[::-1],
            kind=ChangeKind.FEATURE,
            text="주문 내역 내보내기",
            author="jun@shop.kr",
            breaking=True,
        ),
        Line(sha=SHA, kind=ChangeKind.FIX, text="round the total", author="mina@shop.kr"),
    ),
    top_authors=("mina@shop.kr",),
    all_authors=("jun@shop.kr", "mina@shop.kr"),
)
DETECTED = replace(
    SCOPE,
    lines=(SCOPE.lines[0], SCOPE.lines[1], replace(SCOPE.lines[2], sha="f" * 40)),
    migrations=("migrations/0042_gift.sql", "migrations/0043_coupon.sql"),
    variables=(
        Variable("GIFT_URL", VariableChange.ADDED, "https://gift.example/v1", file=".env.example"),
        Variable("LIMIT", VariableChange.CHANGED, "500", "", ".env.example"),
        Variable("OLD", VariableChange.REMOVED, before="1", file=".env.example"),
        Variable("TOKEN", VariableChange.CHANGED, MASK, MASK, ".env.example"),
    ),
    size=Size(files=1234, added=25_000, removed=310),
)
LEFT_OUT = LeftOut(sha=SHA, text="keep coupons in the cart", flag="new-coupons", by="U0RM", at=NOW)
CORRECT = CorrectForm(
    project="shop",
    sha=SHA,
    message="feat(cart): keep coupons in the cart (#812)\n\nFor a week.\n\nCloses #7",
    told=Told(kind=ChangeKind.FEATURE, text="keep coupons in the cart", scope="cart", issues=("#7",)),
    tag="v1.5.0",
)
CORRECTED = replace(
    CORRECT,
    message=f"feat(api)!: coupons <!here>\n\n{CUT}BREAKING CHANGE: no *codes* any more",
    told=Told(
        kind=ChangeKind.FEATURE,
        text="coupons <!here>",
        scope="api",
        breaking=True,
        note="no *codes* any more",
    ),
    original=CORRECT.told,
    by="U0RM",
    tag="",
)
NEW = Difference(
    came=(DETECTED.lines[2],),
    gone=(DETECTED.lines[0],),
    migrations=("migrations/0043_coupon.sql",),
    migrations_gone=("migrations/0041_old.sql",),
    variables=(DETECTED.variables[1],),
    variables_gone=(DETECTED.variables[0],),
)
QA = QaReport(
    by="U0QA",
    at=NOW,
    candidate=1,
    migration=True,
    breaking=False,
    report="https://qa.example/1",
    way_back="run down.sql",
)
CONDITION = Condition(id="c1", text="Tell support", owner="U0PM", asked_by="U0RM2", candidate=1)
SLOTS = slots(CalendarRules(), zone=ZoneInfo(SEOUL), first=date(2026, 3, 1), until=date(2026, 4, 1))
BLACKOUT = Blackout(id="b1", name="New year", start=NOW, end=DEPLOY, reason="year end")
YEAR_END = Blackout(
    id="y1/2026",
    name="Year end",
    start=DEPLOY + timedelta(days=290),
    end=DEPLOY + timedelta(days=300),
    added_by="U0PM",
    series="y1",
    day=date(2026, 12, 21),
)
TAKEN = DateTaken(
    release=ID, version="1.5.0", deploy_at=DEPLOY, reasons=(), free=(DEPLOY + timedelta(days=5),)
)
PAY = replace(PROJECT, key="pay", title={"ko": "결제", "en": "Pay"}, zone="Europe/Berlin")
ZONES = (SEOUL, "America/New_York", "UTC", "Europe/Berlin")
TAKEN_IN = TakenIn(project=PROJECT, said=TAKEN)
BLACKOUT_FORM = BlackoutForm(project=PROJECT, projects=(PROJECT, PAY), chosen=("shop", "pay"), zones=ZONES)
WINDOW_FORM = WindowForm(project=PROJECT, zones=ZONES)
WINDOW_DATES = OccurrenceForm(
    project=PROJECT,
    of="thursday 10:00-17:00",
    due=(
        DueOccurrence(day=date(2026, 3, 5), start=DEPLOY, end=DEPLOY + timedelta(hours=3)),
        DueOccurrence(day=date(2026, 3, 12), start=None, changed=True),
        DueOccurrence(day=date(2026, 3, 19), start=DEPLOY, end=DEPLOY + timedelta(hours=3), changed=True),
    ),
)
CHOSEN = ChosenTime(
    deploy_at=DEPLOY,
    found=Conflicts(
        reasons=CLOSED.reasons,
        releases=(PlannedRelease(id="r2", version="1.6.0", type=ReleaseType.REGULAR, deploy_at=DEPLOY),),
    ),
    free=(DEPLOY + timedelta(days=5),),
    dates=SLOTS[0],
)
DEPLOY_DATES = OccurrenceForm(
    project=PROJECT, of="deploy", due=(DueOccurrence(day=date(2026, 3, 5), start=DEPLOY),)
)


def release(**changes: object) -> Release:
    """v1.5.0, regular, in QA with rc.1."""
    base = Release(
        id=ID,
        project="shop",
        version=Version.parse("1.5.0"),
        type=ReleaseType.REGULAR,
        stage=Stage.QA,
        stage_since=NOW - timedelta(hours=2),
        created_at=NOW - timedelta(days=3),
        started_by="U0RM",
        captain="U0RM",
        branch="release/v1.5.0",
        previous_version="v1.4.2",
        deploy_at=DEPLOY,
        freeze_at=FREEZE,
        candidate=Candidate(1, SHA, NOW - timedelta(hours=5)),
        soak_until=NOW + timedelta(hours=22),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


RETARGET_FORM = RetargetForm(project=PROJECT, release=release(), slots=SLOTS, at=NOW)


def card_view(**changes: object) -> CardView:
    base = CardView(
        project=PROJECT,
        release=release(),
        scope=SCOPE,
        tally=None,
        gate=OPEN,
        actions=(Action.QA_PASSED, Action.QA_FAILED, Action.BUG_FOUND, Action.HOLD, Action.CANCEL),
        to_confirm=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


TALLY = Tally(
    slots=(Slot(Role.TECH_LEAD, "U0TL"), Slot(Role.PM)),
    rejected_by="",
    can_give={Role.TECH_LEAD: (), Role.PM: ("U0PM", "U0PM2")},
)
DECISION = Decision(user="U0TL", outcome=Outcome.CONDITIONS, at=NOW, candidate=1, sha=SHA)


def approval_view(**changes: object) -> ApprovalView:
    base = ApprovalView(
        project=PROJECT,
        release=release(stage=Stage.APPROVAL, qa=QA),
        candidate=1,
        scope=SCOPE,
        tally=TALLY,
        decisions=(),
        gate=OPEN,
        separation=Separation(),
        current=True,
        compare_url="https://git.example/compare/v1.4.2...1a2b3c4",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


FACTS = RepositoryFacts(read_at=NOW, tags=("v1.4.2",), production="v1.4.2", next_version="2.0.0", scope=SCOPE)


def start_form(**changes: object) -> StartForm:
    base = StartForm(
        project=PROJECT,
        projects=(PROJECT, replace(PROJECT, key="pay", title={"ko": "결제", "en": "Pay"})),
        type=ReleaseType.REGULAR,
        version="",
        proposed="2.0.0",
        facts=FACTS,
        slots=SLOTS,
        deploy_at=None,
        production="v1.4.2",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


EXCEPTION = FreezeException(
    id="e1",
    project="shop",
    release=ID,
    restriction=Restriction(rule=GateRule.BLACKOUT, subject="b1", name="New year"),
    state=ExceptionState.ASKED,
    asked_by="U0RM",
    asked_at=NOW,
    what="The fix for the rounding error",
    why="Totals are wrong today",
    risk="None that we know",
    way_back="Back to v1.4.2 within 5 minutes",
    closed_until=DEPLOY,
)
GRANTED = replace(
    EXCEPTION,
    state=ExceptionState.GRANTED,
    decided_by="U0PM",
    decided_at=NOW,
    since=NOW,
    until=NOW + timedelta(hours=2),
    note="Only the fix",
)
MERGE = replace(
    GRANTED,
    id="e2",
    restriction=Restriction(rule=GateRule.CODE_FREEZE, subject=ID, name="1.5.0"),
    what="feature/cart",
    single_use=False,
)
BUDGET = Budget(month=date(2026, 3, 1), granted=1, limit=2)


def exception_view(**changes: object) -> ExceptionView:
    base = ExceptionView(
        project=PROJECT,
        exception=EXCEPTION,
        version="1.5.0",
        roles=(Role.PM,),
        deciders=("U0PM", "U0PM2"),
        owners=("U0OWNER",),
        budget=BUDGET,
        at=NOW,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


def exception_form(**changes: object) -> ExceptionForm:
    base = ExceptionForm(
        project=PROJECT,
        release=release(stage=Stage.APPROVED),
        action=GateAction.DEPLOY,
        since=None,
        needed=(
            NeededException(
                restriction=EXCEPTION.restriction, roles=(Role.PM,), deciders=("U0PM",), until=DEPLOY
            ),
        ),
        stays_closed=(),
        closes_at=None,
        longest=timedelta(hours=24),
        budget=BUDGET,
        owners=("U0OWNER",),
        closed="1a2b3c4d",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


def judged(**changes: object) -> FreezeException:
    judgement = Judgement(
        result=ExceptionResult.FAILED,
        urgent=True,
        reason_true=False,
        by="U0PM",
        at=DEPLOY,
        note="The law begins in April",
    )
    base = replace(GRANTED, state=ExceptionState.USED, used_at=NOW, judgement=judgement)
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


STEPS = (
    Step(
        key=StepKey.NOTICE,
        roles=(Role.INCIDENT_COMMANDER,),
        budget=timedelta(minutes=5),
        state=StepState.DONE,
        owner="U0IC",
        started_at=NOW - timedelta(minutes=20),
        ended_at=NOW - timedelta(minutes=13),
    ),
    Step(
        key=StepKey.APPLICATION,
        roles=(Role.DEVOPS,),
        budget=timedelta(minutes=10),
        state=StepState.RUNNING,
        owner="U0OPS",
        started_at=NOW - timedelta(minutes=12),
        note="pod 3 is slow",
    ),
    Step(key=StepKey.DATABASE, roles=(Role.DBA,), budget=timedelta(minutes=30), state=StepState.SKIPPED),
    Step(key=StepKey.HEALTH_CHECK, roles=(Role.DEVOPS, Role.QA_LEAD), budget=timedelta(minutes=15)),
    Step(key=StepKey.COMPLETION_NOTICE, roles=(Role.INCIDENT_COMMANDER,), budget=timedelta(minutes=15)),
)
ROOM = Room(
    id="5d0f1b2c-4f6d-4c59-9a27-0b7e3c1a3d4e",
    project="shop",
    state=RoomState.ROLLING_BACK,
    opened_at=NOW - timedelta(minutes=21),
    opened_by="U0IC",
    name="war-v1-5-0",
    release=ID,
    version="1.5.0",
    channel="C0ROOM",
    declared_at=NOW - timedelta(minutes=20),
    declared_by="U0IC",
    target="v1.4.2",
    criteria=(Criterion.ERROR_RATE, Criterion.CORE_FUNCTION),
    evidence="5xx at 7 % since 10:40",
    migration=True,
    steps=STEPS,
    seats=(Seat(user="U0IC", since=NOW - timedelta(minutes=19)),),
)
# By a deployer, which did the application and could not move the traffic.
_PLAN = steps_of(RolloutStrategy.ROLLING, RollbackPolicy(), migration=False)
FIRST_STEPS = _PLAN
ROOM_FAILED = move(
    replace(ROOM, steps=begun(_PLAN, "U0IC", NOW - timedelta(minutes=9), outage=False)),
    StepKey.APPLICATION,
    Move.DONE,
    by="",
    at=NOW - timedelta(minutes=4),
)
ROOM_FAILED = move(ROOM_FAILED, StepKey.TRAFFIC, Move.STARTED, by="", at=NOW - timedelta(minutes=3))
ROOM_FAILED = handed_back(ROOM_FAILED, StepKey.TRAFFIC, why="no route <to> blue", at=NOW)
ENTRIES = (
    Entry(NOW - timedelta(minutes=20), "U0IC", Logged(room=ROOM.id, text="Orders fail at the last step")),
    Entry(NOW - timedelta(minutes=13), "U0OPS", Logged(room=ROOM.id, text="롤백 시작")),
)
LOST_AND_KNOWN = (
    MigrationWay(
        "db/migrate/0042_x.sql",
        WayBack(
            path="db/migrate/0042_x.sql",
            kind=WayKind.SCRIPT,
            by="U0DBA",
            at=NOW,
            candidate=1,
            text="db/migrate/0042_x.down.sql",
        ),
    ),
    MigrationWay(
        "db/migrate/0043_y.sql",
        WayBack(
            path="db/migrate/0043_y.sql",
            kind=WayKind.IMPOSSIBLE,
            by="U0DBA",
            at=NOW,
            candidate=1,
            text="nightly dump",
            alternative=Alternative.SELECTIVE_RESTORE,
        ),
    ),
    MigrationWay("db/migrate/0044_z.sql", script="db/migrate/0044_z.down.sql"),
    MigrationWay("db/migrate/0045_*.sql"),
)


ROOM_LISTS = (
    Progress(phase=Phase.ROLLBACK_AFTER, done=2, total=6),
    Progress(phase=Phase.OUTAGE, done=1, total=5),
)


def room_view(**changes: object) -> RoomView:
    base = RoomView(
        core_functions=("sign-in", "payment"),
        project=PROJECT,
        room=ROOM,
        release=release(stage=Stage.ROLLING_BACK, room=ROOM.id),
        contacts=(Contact(role="DBA", name="Kim Jun", user="U0DBA", phone="+82 2 123"),),
        members={Role.INCIDENT_COMMANDER: ("U0IC",), Role.DEVOPS: ("U0OPS", "U0OPS2")},
        may_take=(Role.INCIDENT_COMMANDER,),
        entries=ENTRIES,
        at=NOW,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


ROWS = (
    Row(
        project="shop",
        release=ID,
        version="1.5.0",
        type=ReleaseType.REGULAR,
        stage=Stage.APPROVAL,
        column=Column.QA_TESTING,
        changes=3,
        deploy_at=DEPLOY,
        held=False,
        waits_for=("U0PM",),
        waits_for_roles=(),
        since=NOW - timedelta(hours=2),
        left_out=2,
    ),
    Row(
        project="shop",
        release=ID[::-1],
        version="1.5.1",
        type=ReleaseType.HOTFIX,
        stage=Stage.BUILDING,
        column=Column.CANDIDATE,
        changes=1,
        deploy_at=None,
        held=True,
        waits_for=(),
        waits_for_roles=(Role.RELEASE_MANAGER,),
        since=NOW,
    ),
)
TASKS = (
    Task(
        kind="approve",
        project="shop",
        release=ID,
        version="1.5.0",
        zone=SEOUL,
        since=NOW,
        channel="C0RELEASE",
        ts="1.2",
    ),
    Task(
        kind="action",
        project="shop",
        release=ID,
        version="1.5.0",
        zone=SEOUL,
        since=NOW,
        action=Action.QA_PASSED,
    ),
    Task(
        kind="condition",
        project="shop",
        release=ID,
        version="1.5.0",
        zone=SEOUL,
        since=NOW,
        text="Tell support",
    ),
)
WINDOWS = CalendarRules().windows
HOLDINGS = (
    Holding(Role.PM, "U0PM", RoleSource.POLICY),
    Holding(Role.DEVOPS, "S0OPS", RoleSource.SLACK),
)


def home_view(**changes: object) -> HomeView:
    shop = ProjectHome(project=PROJECT, gate=CLOSED, running=ROWS, slots=SLOTS, blackouts=(BLACKOUT,))
    return replace(HomeView(tasks=TASKS, projects=(shop,), at=NOW, digest=DigestSetting()), **changes)  # type: ignore[arg-type]  # as above


def rollback_form(**changes: object) -> RollbackForm:
    base = RollbackForm(
        project=PROJECT,
        release=release(stage=Stage.RELEASED),
        targets=("v1.4.2", "v1.4.1"),
        commanders=("U0IC",),
        migration=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


LINKS = Links(commit="https://git.example/commit/{sha}")


def scope_view(**changes: object) -> ScopeView:
    base = ScopeView(
        project=PROJECT,
        release=release(),
        scope=SCOPE,
        compare_url="https://git.example/compare",
        links=LINKS,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


BREACH = Breach(
    id="B1",
    project="shop",
    release="R1",
    version="1.5.0",
    rule="error_rate",
    level=Level.ROLLBACK,
    opened_at=NOW,
    metric="error_rate",
    value=0.072,
    threshold=0.05,
    baseline=0.008,
)
UNCLEAR = replace(BREACH, id="B2", rule="p95", metric="p95_latency", why=Why.TOO_FEW, samples=7, value=None)


def measured(metric: str, value: float | None, judged: Judged, **facts: object) -> Measured:
    base = Reading(
        metric=metric,
        environment=Environment.PRODUCTION,
        at=NOW - timedelta(minutes=1),
        source=Source.PROMETHEUS,
        value=value,
        release=ID,
    )
    baseline = facts.pop("baseline", None)
    reading = replace(base, **facts)  # type: ignore[arg-type]  # names of fields, by the caller
    return Measured(reading, judged, baseline)  # type: ignore[arg-type]  # a Baseline


HEALTH = Health(
    environment=Environment.PRODUCTION,
    at=NOW,
    rules=HealthRules(),
    measured=(
        measured("error_rate", 0.002, Judged.FINE, samples=1234),
        measured(
            "p95_latency",
            0.25,
            Judged.OUT,
            baseline=Baseline("p95_latency", median=0.12, mean=0.12, spread=0.01, count=20),
        ),
        measured("cpu", None, Judged.UNKNOWN, why=WhyNone.EMPTY),
        measured("memory", 0.6, Judged.FINE, source=Source.PERSON, by="U0OPS", detail="from the *dashboard*"),
    ),
    asked=True,
)


def health_view(**changes: object) -> HealthView:
    base = HealthView(
        project=PROJECT,
        release=release(stage=Stage.DEPLOYING),
        health=HEALTH,
        metrics=("error_rate", "p95_latency", "orders"),
        who=(Role.DEVOPS, Role.ONCALL),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller
