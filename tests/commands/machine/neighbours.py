"""More than one release of the project: which is in hand, who waits, and who goes out first."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.commands.machine.forward import Forward
from tests.commands.machine.ground import unfinished
from tests.commands.machine.model import Release
from tests.commands.machine.tables import OUT, SHIPPED, A, S
from tests.support.world import IMPL, OPS, PM, RM

ROUNDS_AT_MOST = 24


class Neighbours(Forward):
    @precondition(lambda self: len(self.project.releases) > 1)
    @rule(data=st.data())
    def turn_to_another(self, data: st.DataObject) -> None:
        self.now = data.draw(st.sampled_from(self.now.others()))

    @unfinished
    @rule(user=st.sampled_from((RM, PM, IMPL)))
    def wait_or_go_on(self, user: str) -> None:
        self.step(A.RESUME if self.now.stage is S.ON_HOLD else A.HOLD, user)

    @precondition(lambda self: len(self.project.unfinished()) > 1)
    @rule(data=st.data())
    def both_want_out(self, data: st.DataObject) -> None:
        """Two are ready at the same time, and are deployed in either order; then both are pressed again."""
        unfinished = self.project.unfinished()
        both = [unfinished[n] for n in data.draw(st.permutations(range(len(unfinished))))]
        self.get_ready(both, data)
        for self.now in both:
            self.step(A.DEPLOY, RM)
        for self.now in both:
            if self.now.pending:
                self.report("same")
        for self.now in both:
            self.step(A.DEPLOY, RM)

    def get_ready(self, wanted: list[Release], data: st.DataObject) -> None:
        """All that their deploys need; the planned ones first, as they may have to wait for days."""
        for _ in range(2):  # an approval may lapse while another one waits
            for self.now in sorted(wanted, key=lambda model: not model.planned):
                self.get_this_ready(data)

    def get_this_ready(self, data: st.DataObject) -> None:
        for _ in range(ROUNDS_AT_MOST):
            if self.now.stage in OUT or (self.now.stage is S.APPROVED and self.now.ready(self.clock())):
                return
            if self.now.stage is S.APPROVED:
                self.prepare()
            else:
                self.onward(data)

    @precondition(lambda self: any(model.stage in SHIPPED for model in self.project.releases))
    @rule(data=st.data())
    def trouble_after_all(self, data: st.DataObject) -> None:
        """Trouble with what was released before; only what is in production can be rolled back."""
        out = [model for model in self.project.releases if model.stage in SHIPPED]
        self.now = data.draw(st.sampled_from(out))
        self.trouble(OPS)
