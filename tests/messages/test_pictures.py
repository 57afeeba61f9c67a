"""What who asked for a picture reads when there is none."""

from __future__ import annotations

import pytest

from messages.pictures import no_picture
from messages.texts import Reader

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")


@pytest.mark.parametrize(
    "code", ["not_in_channel", "channel_not_found", "method_not_supported_for_channel_type"]
)
def test_where_naru_is_not_let_in_somebody_may_invite_it(code: str) -> None:
    assert no_picture(EN, code).text == (
        "The picture could not be posted: Naru is not in that channel. Type `/invite @Naru` there, then press again."
    )
    assert no_picture(KO, code).text == (
        "그림을 게시하지 못했습니다. 나루가 그 채널에 없습니다. 채널에서 `/invite @Naru` 명령을 입력한 다음 다시 눌러 주십시오."
    )


def test_any_other_reason_is_for_who_runs_naru() -> None:
    assert "`missing_scope`" in no_picture(EN, "missing_scope").text
