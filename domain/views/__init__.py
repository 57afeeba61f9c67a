"""What reads return and messages show: plain values, complete enough that messages ask nothing further."""

from domain.views.answers import (
    BlackoutsView,
    BoardView,
    ExceptionsView,
    FeedView,
    FreezeView,
    GateView,
    HomeView,
    LedgerView,
    ListView,
    MineView,
    ProjectHome,
    RolesView,
    Row,
    ScopeView,
    Task,
    WindowsView,
)
from domain.views.forms import BlackoutForm, DueOccurrence, OccurrenceForm, RollbackForm, StartForm
from domain.views.living import (
    ApprovalView,
    CardView,
    ExceptionForm,
    ExceptionView,
    NeededException,
    ProjectView,
    RoomView,
)
from domain.views.outcomes import Happened, Outcome, SaidNo

__all__ = [
    "ApprovalView",
    "BlackoutForm",
    "BlackoutsView",
    "BoardView",
    "CardView",
    "DueOccurrence",
    "ExceptionForm",
    "ExceptionView",
    "ExceptionsView",
    "FeedView",
    "FreezeView",
    "GateView",
    "Happened",
    "HomeView",
    "LedgerView",
    "ListView",
    "MineView",
    "NeededException",
    "OccurrenceForm",
    "Outcome",
    "ProjectHome",
    "ProjectView",
    "RolesView",
    "RollbackForm",
    "RoomView",
    "Row",
    "SaidNo",
    "ScopeView",
    "StartForm",
    "Task",
    "View",
    "WindowsView",
]

View = (
    CardView
    | ApprovalView
    | ExceptionView
    | ExceptionsView
    | LedgerView
    | RoomView
    | ListView
    | BoardView
    | MineView
    | GateView
    | HomeView
    | FreezeView
    | BlackoutsView
    | WindowsView
    | RolesView
    | ScopeView
)
