"""A name in both languages."""

from dataclasses import dataclass

from pydantic import ConfigDict


@dataclass(frozen=True, kw_only=True)
class Names:
    """One of the two is enough: a reader of the other language is shown that one."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    ko: str = ""
    en: str = ""

    def __getitem__(self, language: str) -> str:
        return (self.ko or self.en) if language == "ko" else (self.en or self.ko)
