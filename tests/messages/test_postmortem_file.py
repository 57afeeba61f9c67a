"""The post-mortem as a file of Markdown, and what its draft knows of criteria."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.criteria.model import BreachState
from domain.postmortem import Answer, Section
from messages.postmortem import postmortem
from messages.postmortem.document import document, markdown
from messages.texts import Reader
from tests.messages.surfaces import builders as b
from tests.messages.surfaces.rendering import render
