"""Slack's marks as HTML, and nothing of what people wrote."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.blocks import esc
from web.markup import html

NAMES = {"U1": "Kim <b>Jun</b>", "U2": "\ue0000\ue001"}
ALLOWED = {"a", "strong", "em", "del", "code"}


def told(text: str) -> str:
    return str(html(text, lambda user: NAMES.get(user, user)))


@pytest.mark.parametrize(
    ("slack", "page"),
    [
        ("*v1.5.0* out", "<strong>v1.5.0</strong> out"),
        ("_a question_ but snake_case_name", "<em>a question</em> but snake_case_name"),
        ("– ~text~ 2*3*4", "– <del>text</del> 2*3*4"),
        ("<@U1> and <@U9>", "Kim &lt;b&gt;Jun&lt;/b&gt; and U9"),
        ("*<@U2>*", "<strong>0</strong>"),
        ("<#C1|war> <#C2>", "#war #C2"),
        ("<!date^1^{time}|Tue 10:00> <!here>", "Tue 10:00 here"),
        (
            "<https://a.example/?x=1&amp;y=2|the *log*>",
            '<a href="https://a.example/?x=1&amp;y=2" rel="noreferrer noopener">the *log*</a>',
        ),
        (
            "<http://a.example/>",
            '<a href="http://a.example/" rel="noreferrer noopener">http://a.example/</a>',
        ),
        ("<javascript:alert(1)|press>", "&lt;javascript:alert(1)|press&gt;"),
        (
            '<https://a" onclick="x|y>',
            '<a href="https://a&#34; onclick=&#34;x" rel="noreferrer noopener">y</a>',
        ),
        ("`ci <@U1>` (API)", "<code>ci &lt;@U1&gt;</code> (API)"),
        ("&lt;script&gt;&amp;amp;", "&lt;script&gt;&amp;amp;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\ue0000\ue001 kept", "0 kept"),
    ],
)
def test_a_line(slack: str, page: str) -> None:
    assert told(slack) == page


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        assert all(str(value).startswith(("http://", "https://")) for name, value in attrs if name == "href")


SIGNS = st.lists(
    st.sampled_from([*"<>&|@#!*_~`\"' =/x\ue000\ue0010\n", "https://a", "javascript:a", "<b>"]), max_size=40
).map("".join)


@given(SIGNS, st.booleans())
def test_whatever_is_written_no_other_tag_and_no_attribute_comes_of_it(text: str, escaped: bool) -> None:  # noqa: FBT001 - drawn
    seen = Seen()
    seen.feed(told(esc(text) if escaped else text))
    seen.close()
    assert seen.tags <= ALLOWED
    assert seen.names <= {"href", "rel"}
