from __future__ import annotations

import pytest

from domain.commit_rules import CommitRules
from domain.commits import ChangeKind
from domain.links import Links
from domain.scope import Line
from messages.changes import change_line

GRAMMAR = CommitRules.model_validate(
    {
        "issues": [
            {"kind": "github", "url": "https://github.com/acme/shop"},
            {"kind": "jira", "url": "https://acme.atlassian.net", "keys": ["PAY"]},
        ]
    }
).grammar()


def line(text: str, pull_request: int = 0, issues: tuple[str, ...] = ()) -> Line:
    return Line("1a2b3c4d" * 5, ChangeKind.FIX, text, "Kim", pull_request=pull_request, issues=issues)


@pytest.mark.parametrize(
    ("of", "linked", "plain"),
    [
        (line("a"), "a `1a2b3c4`", "a `1a2b3c4`"),
        (
            line("a", 812, ("#3", "PAY-7", "OPS-1")),
            (
                "a (<https://github.com/acme/shop/pull/812|#812>) · <https://github.com/acme/shop/issues/3|#3>, "
                "<https://acme.atlassian.net/browse/PAY-7|PAY-7>, OPS-1 `1a2b3c4`"
            ),
            "a (#812) · #3, PAY-7, OPS-1 `1a2b3c4`",
        ),
        (
            line("mends PAY-7", issues=("PAY-7",)),
            "mends PAY-7 · <https://acme.atlassian.net/browse/PAY-7|PAY-7> `1a2b3c4`",
            "mends PAY-7 `1a2b3c4`",
        ),
        (
            line("<!channel> & co", issues=tuple(f"#{n}" for n in range(1, 9))),
            "&lt;!channel&gt; &amp; co · "
            + ", ".join(f"<https://github.com/acme/shop/issues/{n}|#{n}>" for n in range(1, 6))
            + " `1a2b3c4`",
            "&lt;!channel&gt; &amp; co · #1, #2, #3, #4, #5 `1a2b3c4`",
        ),
    ],
)
def test_a_change_links_its_numbers_where_the_policy_gives_an_address(
    of: Line, linked: str, plain: str
) -> None:
    assert (change_line(of, Links(grammar=GRAMMAR)), change_line(of)) == (linked, plain)
