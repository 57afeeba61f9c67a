"""A real repository whose history has everything that notes tell of; the same SHAs every time it is made."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

QUIET = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C",
}


@dataclass
class Local:
    """A repository in which one person after the other commits, a minute apart."""

    path: Path
    minutes: int = 0

    def git(self, *arguments: str, feed: bytes = b"", author: str = "김하늘") -> str:
        self.minutes += 1
        day, rest = divmod(self.minutes, 24 * 60)
        when = f"2026-03-{day + 2:02}T{rest // 60:02}:{rest % 60:02}:00+09:00"
        environment = {
            **QUIET,
            **{f"GIT_{role}_DATE": when for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_NAME": author for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": "someone@example.com" for role in ("AUTHOR", "COMMITTER")},
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, input=feed, env=environment, capture_output=True, check=True
        )
        return done.stdout.decode(errors="replace").strip()

    def init(self) -> Local:
        self.path.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        return self

    def commit(
        self, message: str | bytes, files: Mapping[str, str] | None = None, *, author: str = "김하늘"
    ) -> str:
        for name, content in (files or {}).items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        self.git("add", "--all")
        feed = message.encode() if isinstance(message, str) else message
        self.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-", feed=feed, author=author)
        return self.git("rev-parse", "HEAD")

    def revert(self, sha: str) -> str:
        self.git("revert", "--no-edit", sha, author="Min")
        return self.git("rev-parse", "HEAD")

    def tag(self, name: str, at: str = "HEAD") -> None:
        self.git("tag", "-a", "-m", name, name, at)


def everything(path: Path) -> Local:
    """v1.4.0, and the way from there to v1.5.0."""
    repo = Local(path).init()
    repo.commit("feat: start", {".env.example": "API_URL=https://old.example.com\nOLD_FLAG=1\n"})
    released = repo.commit("feat: try wish lists", {"wish.txt": "1\n"})
    repo.tag("v1.4.0")
    _features_and_fixes(repo)
    _what_breaks(repo)
    _what_goes_and_comes(repo, released)
    _merges_and_picks(repo)
    repo.tag("v1.5.0-rc.1")
    repo.tag("v1.5.0")
    return repo


def _features_and_fixes(repo: Local) -> None:
    repo.commit("feat(cart): keep coupons over a sign-in (#812)", author="Min")
    repo.commit("기능(결제): 간편 결제 추가\n\n카드를 등록해 두고 한 번에 결제합니다.\n\nRefs: #31")
    repo.commit("perf(search): cache `top 10`\n\nCloses #40", author="Jo")
    repo.commit("개선: 목록 로딩 속도 향상 (#815)")
    hostile = "fix(auth): <script> is text for @everyone, [x](javascript:y) *too* | and_so_on (#820)"
    repo.commit(f"{hostile}\n\nFixes #77\nReviewed-by: Jo", author="M*n | <b>")
    repo.commit("수정(장바구니): 쿠폰 중복 적용 오류")
    repo.commit("security: rotate the signing key")
    repo.commit("fix(security): escape names of members")
    repo.commit("docs: how to order\n\nNothing else.")
    repo.commit("chore(deps): update libraries", author="bot")
    repo.commit("Tidy up the shop window")
    repo.commit(b"fix: caf" + b"\xe9 closes at night")


def _what_breaks(repo: Local) -> None:
    repo.commit("feat(api)!: drop the first version of the API (#821)", author="Jo")
    repo.commit(
        "refactor(api): one address for all\n\nThe gateway is gone.\n\n"
        "BREAKING CHANGE: ask /v2 instead of /v1,\nand send the token in a header\n\nRefs: #55"
    )
    repo.commit(
        "기능(주문): 주문 번호 형식 변경\n\n단절적 변경: 주문 번호는 이제 문자열입니다",
        {"db/migrate/0042_orders.sql": "ALTER TABLE;\n"},
    )
    repo.commit(
        "deprecate(api): export as XML\n\nReplaced-by: export as JSON",
        {".env.example": "API_URL=https://new.example.com\nTIMEOUT=30\nPROXY=\n"},
    )


def _what_goes_and_comes(repo: Local, released: str) -> None:
    """Nothing is left of a change that was taken back, and one that came back is there once."""
    repo.revert(repo.commit("feat: gift wrapping", {"gift.txt": "1\n"}))
    repo.revert(repo.revert(repo.commit("feat: reorder with one click", {"again.txt": "1\n"})))
    repo.revert(released)


def _merges_and_picks(repo: Local) -> None:
    repo.git("checkout", "-q", "-b", "topic", "HEAD~3")
    repo.commit("feat(search): suggest while typing", {"suggest.txt": "1\n"}, author="Jo")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge pull request #830 from team/topic", "topic")
    repo.git("checkout", "-q", "-b", "hotfix", "v1.4.0")
    fix = repo.commit("fix(pay): refund twice", {"pay.txt": "1\n"}, author="Min")
    repo.git("checkout", "-q", "main")
    repo.git("cherry-pick", "-x", fix, author="Jo")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge branch 'hotfix'", "hotfix")
