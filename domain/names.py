"""A name in both languages."""

from pydantic import BaseModel, ConfigDict


class Names(BaseModel):
    """One of the two is enough: a reader of the other language is shown that one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str = ""
    en: str = ""

    def __getitem__(self, language: str) -> str:
        return (self.ko or self.en) if language == "ko" else (self.en or self.ko)
