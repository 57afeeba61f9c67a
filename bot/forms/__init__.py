"""A filled-in modal to the request that it makes, by concern."""

from bot.forms.fields import FieldError
from bot.forms.table import field_of, request_of

__all__ = ["FieldError", "field_of", "request_of"]
