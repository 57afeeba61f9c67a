"""The rows, without behaviour. Aggregates keep what queries need in columns and the rest in `body` (JSON)."""

from storage.tables.audit import AuditRow, AuditTextRow
from storage.tables.calendar import (
    BlackoutRow,
    ChangeRow,
    ExceptionRow,
    FeedRow,
    ImportedRow,
    PublishedRow,
    WindowsRow,
    YearAnswerRow,
)
from storage.tables.checklists import ChecklistRow, CheckResultRow, ItemStateRow
from storage.tables.columns import BIG, NAMING, body_column
from storage.tables.criteria import BreachRow, PageRow
from storage.tables.deploys import DeploymentRow
from storage.tables.forges import ForgeRow, PullRequestMarkRow
from storage.tables.health import MetricRow, ReadingRow, RoundRow
from storage.tables.outside import AnswerRow, InboxRow, OutboxRow, PaceRow, ReminderRow, SurfaceRow
from storage.tables.people import (
    AuthorLinkRow,
    ChannelMemberRow,
    DigestRow,
    GroupMemberRow,
    HoldingRow,
    HomeRow,
    PersonRow,
    PolicyRow,
    ProjectRow,
)
from storage.tables.readiness import RehearsalRow, SchemaChangeRow
from storage.tables.releases import (
    CorrectionRow,
    DecisionRow,
    FrozenCommitRow,
    NoteEditRow,
    ReleaseRow,
    RepositoryRow,
    ScopePageRow,
    ScopeRow,
    StageTimeRow,
    ToldBranchRow,
    WatchedBranchRow,
)
from storage.tables.rooms import BriefedRow, LockRow, MarkedRow, RoomEntryRow, RoomRow, SnapshotRow
from storage.tables.tokens import TokenRow

__all__ = [
    "BIG",
    "NAMING",
    "AnswerRow",
    "AuditRow",
    "AuditTextRow",
    "AuthorLinkRow",
    "BlackoutRow",
    "BreachRow",
    "BriefedRow",
    "ChangeRow",
    "ChannelMemberRow",
    "CheckResultRow",
    "ChecklistRow",
    "CorrectionRow",
    "DecisionRow",
    "DeploymentRow",
    "DigestRow",
    "ExceptionRow",
    "FeedRow",
    "ForgeRow",
    "FrozenCommitRow",
    "GroupMemberRow",
    "HoldingRow",
    "HomeRow",
    "ImportedRow",
    "InboxRow",
    "ItemStateRow",
    "LockRow",
    "MarkedRow",
    "MetricRow",
    "NoteEditRow",
    "OutboxRow",
    "PaceRow",
    "PageRow",
    "PersonRow",
    "PolicyRow",
    "ProjectRow",
    "PublishedRow",
    "PullRequestMarkRow",
    "ReadingRow",
    "RehearsalRow",
    "ReleaseRow",
    "ReminderRow",
    "RepositoryRow",
    "RoomEntryRow",
    "RoomRow",
    "RoundRow",
    "SchemaChangeRow",
    "ScopePageRow",
    "ScopeRow",
    "SnapshotRow",
    "StageTimeRow",
    "SurfaceRow",
    "TokenRow",
    "ToldBranchRow",
    "WatchedBranchRow",
    "WindowsRow",
    "YearAnswerRow",
    "body_column",
]
