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
    Task,
    WindowsView,
)
from domain.views.branches import BranchesView
from domain.views.criteria import BreachChart, BreachesView
from domain.views.digest import DigestView, ProjectDay
from domain.views.forms import (
    BlackoutForm,
    ChosenTime,
    DueOccurrence,
    OccurrenceForm,
    RetargetForm,
    RollbackForm,
    StartForm,
    TakenIn,
    WindowForm,
)
from domain.views.health import HealthView
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
from domain.views.readiness import ReadinessView, SchemaForm, SchemaRow, SchemaView
from domain.views.scope import CompareView, CorrectForm, ScopeView
from domain.views.year import YearView

__all__ = [
    "ApprovalView",
    "BlackoutForm",
    "BlackoutsView",
    "BoardView",
    "BranchesView",
    "BreachChart",
    "BreachesView",
    "CardView",
    "ChosenTime",
    "CompareView",
    "CorrectForm",
    "DigestView",
    "DueOccurrence",
    "ExceptionForm",
    "ExceptionView",
    "ExceptionsView",
    "FeedView",
    "FreezeView",
    "GateView",
    "Happened",
    "HealthView",
    "HomeView",
    "LedgerView",
    "ListView",
    "MineView",
    "NeededException",
    "OccurrenceForm",
    "Outcome",
    "ProjectDay",
    "ProjectHome",
    "ProjectView",
    "ReadinessView",
    "RetargetForm",
    "RolesView",
    "RollbackForm",
    "RoomView",
    "Row",
    "SaidNo",
    "SchemaForm",
    "SchemaRow",
    "SchemaView",
    "ScopeView",
    "StartForm",
    "TakenIn",
    "Task",
    "View",
    "WindowForm",
    "WindowsView",
    "YearView",
]
