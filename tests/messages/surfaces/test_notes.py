"""However much is written, Slack takes the notes and their form, and nothing of a text is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.notes import FORMS
from bot.payloads import State
from commands.requests import EditNotes, NewText
from domain.notes import Section
from domain.notes.edits import SECTION, NoteEdit, with_edits
from domain.refusals import TextMissing
from domain.release import Release
from messages.ids import Form, Target, decode
from messages.lists.notes import notes_list, posted
from messages.modals import notes as modal
from messages.modals.fields import View
from sandbox.blockkit import check_message, check_view, view_too_large
from tests.messages.surfaces import builders as b
from tests.messages.surfaces import notes as n

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=400)


@given(st.lists(TEXTS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_text_in_parts_is_whole_again_when_they_are_joined(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = modal.parts_of(text)
    assert "\n".join(parts) == text
    assert max(map(len, parts)) <= modal.PART


def with_text(text: str, language: str = "en") -> dict[str, modal.NotesView]:
    edits = {
        (section, language): NoteEdit(
            id=9, section=section, language=language, text=text, by="U0PM", at=b.NOW, candidate=1
        )
        for section in Section
    }
    return {
        of: replace(view, edits=edits, notes=with_edits(n.DRAFTED, edits, of))
        for of, view in n.views().items()
    }


@pytest.mark.parametrize("length", [0, 1, modal.PART, modal.PART + 1, SECTION])
def test_slack_takes_the_form_whatever_is_written(length: int) -> None:
    line = "가" * 99 + "\n"
    views = with_text((line * (SECTION // 100))[:length].strip())
    for section in Section:
        one = modal.opened_at(views["en"], section)
        view = modal.notes(b.KO_PERSON, views, one, overtaken=frozenset({one.name}))
        assert check_view(view) == []
        assert not view_too_large(view)
        assert modal.decoded(decode(view["private_metadata"]).state) == [one]


def test_slack_takes_the_most_that_one_form_keeps() -> None:
    views = with_text("가" * (modal.PART - 1))
    sections = [modal.opened_at(views["en"], section) for section in Section]
    first, *kept = sections[: modal.ALL_PARTS // 2]
    view = modal.notes(b.KO_PERSON, views, first, kept)
    assert check_view(view) == []
    assert not view_too_large(view)
    assert len(view["private_metadata"]) <= 3000


def test_a_draft_too_long_for_the_form_is_left_out_and_saving_does_not_empty_it() -> None:
    views = with_text("\n".join(["가" * 2999] * (modal.PARTS + 1)))
    one = modal.opened_at(views["en"], Section.FIXES)
    assert one.shown == modal.LEFT_OUT
    view = modal.notes(b.EN_PERSON, views, one)
    assert "too long to be edited here" in str(view["blocks"])
    assert sent(view, {}).texts == ()


@pytest.mark.parametrize("stage", ["qa", "released"])
def test_slack_takes_every_page_of_long_notes_and_no_line_is_lost(stage: str) -> None:
    release: Release = b.release(stage=stage)
    lines = [f"line {number} {'x' * 300}" for number in range(400)]
    view = n.view(release=release, notes=replace(n.DRAFTED, written={Section.FEATURES: "\n".join(lines)}))
    pages = [notes_list(b.EN_PERSON, view, page) for page in range(40)]
    shown = posted(view, b.EN_CHANNEL)
    for message in (*pages, *shown):
        assert check_message({"text": message.text, "blocks": message.blocks}) == []
    for messages in (pages, shown):
        whole = str([message.blocks for message in messages])
        assert [line for line in lines if line not in whole] == []
    assert pages[39] == pages[-1]


def sent(view: View, typed: dict[str, object]) -> EditNotes:
    """The request of a form that was sent with these elements changed."""
    values = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = {"value": element.get("initial_value"), "selected_option": element.get("initial_option")}
        if block["block_id"] in typed:
            state = {"value": typed[block["block_id"]], "selected_options": typed[block["block_id"]]}
        values[block["block_id"]] = {element["action_id"]: state}
    request = FORMS[Form.NOTES](decode(view["private_metadata"]), State(values))
    assert isinstance(request, EditNotes)
    return request


def test_only_what_was_changed_is_sent() -> None:
    view = n.edited(b.EN_PERSON)
    assert sent(view, {"text.known_issues.en.0": "- none that we know"}).texts == (
        NewText(section=Section.KNOWN_ISSUES, language="en", text="- none that we know", base=0),
    )
    assert sent(view, {"text.fixes.en.0": "- other"}).texts == (
        NewText(section=Section.FIXES, language="en", text="- other", base=1),
    )
    assert sent(view, {}) == EditNotes(release=b.ID, texts=())


def test_an_empty_section_saved_empty_says_that_there_is_nothing_to_say() -> None:
    view = modal.notes(b.EN_PERSON, n.views(), n.opened(Section.UPGRADE))
    assert sent(view, {}).texts == (NewText(section=Section.UPGRADE, language="en", text="", base=0),)


def test_the_draft_is_taken_again_by_its_box() -> None:
    view = modal.notes(b.EN_PERSON, n.views(), n.opened(Section.FIXES))
    ticked = {"draft.fixes.en": [{"value": "yes"}]}
    assert sent(view, ticked).texts == (NewText(section=Section.FIXES, language="en", text=None, base=1),)


def test_a_known_issue_by_its_fields_is_added_to_the_text() -> None:
    view = modal.notes(b.EN_PERSON, n.views(), n.opened(Section.KNOWN_ISSUES, "ko"))
    typed = {
        "issue.id.ko": "PAY-7",
        "issue.what.ko": "지도가 뒤집힙니다",
        "issue.impact.ko": "모바일",
        "issue.fix.ko": "v1.5.1",
    }
    assert sent(view, dict(typed)).texts == (
        NewText(
            section=Section.KNOWN_ISSUES,
            language="ko",
            text="- 영수증이 영어로 나옵니다\n- **PAY-7** 지도가 뒤집힙니다\n  - 영향: 모바일\n  - 수정 예정: v1.5.1",
            base=2,
        ),
    )


def test_a_known_issue_says_what_goes_wrong() -> None:
    view = modal.notes(b.EN_PERSON, n.views(), n.opened(Section.KNOWN_ISSUES))
    with pytest.raises(Exception, match=r"issue\.what\.en") as found:
        sent(view, {"issue.id.en": "PAY-7"})
    assert getattr(found.value, "refusal", None) == TextMissing("issue")


@pytest.mark.parametrize(
    "state", ["features.en=0.abc", "nothing.en=0.a.1", "fixes.fr=0.a.1", "fixes.en=0.a.99"]
)
def test_a_target_that_we_did_not_write_is_not_read(state: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        FORMS[Form.NOTES](Target(release=b.ID, state=state), State({}))
