"""The commands and their options; each imports what it needs when it runs, so that asking stays quick."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import quick
from bot.cli.machine import check_machine
from bot.cli.terminal import reader, say
from domain.tokens import Scope
from messages.cli import Help, helped


def _help(text: Help, **data: str) -> str:
    return helped(reader(), text, **data)


_SCOPES = ", ".join(Scope)
_FORMATS = "text, json, ics, mermaid, png, timeline"
_HOW: dict[str, bool] = {"no_args_is_help": True, "add_completion": False, "pretty_exceptions_enable": False}
app = typer.Typer(name="naru", help=_help(Help.NARU), **_HOW)  # type: ignore[arg-type]  # all of them are bool
audit = typer.Typer(help=_help(Help.AUDIT), no_args_is_help=True)
app.add_typer(audit, name="audit")
calendar = typer.Typer(help=_help(Help.CALENDAR), invoke_without_command=True)
app.add_typer(calendar, name="calendar")
token = typer.Typer(help=_help(Help.TOKEN), no_args_is_help=True)
app.add_typer(token, name="token")

# Their options are read in bot/cli/quick.py.
_PASSED_ON: dict[str, Any] = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "help_option_names": [],
}

Project = Annotated[str, typer.Option("--project", "-p", help=_help(Help.PROJECT))]
Json = Annotated[bool, typer.Option("--json", help=_help(Help.JSON))]
TokenName = Annotated[str, typer.Option("--name", help=_help(Help.TOKEN_NAME))]
ClockFile = Annotated[Path | None, typer.Option("--clock-file", help=_help(Help.CLOCK_FILE))]


@app.command(help=_help(Help.SERVE))
def serve(*, clock_file: ClockFile = None) -> None:
    from bot.cli.serving import serve as run  # noqa: PLC0415 - slow to import
    from bot.settings import Settings  # noqa: PLC0415 - slow to import

    check_machine()
    run(Settings.load(clock_file=clock_file))


@app.command(help=_help(Help.DEMO))
def demo(
    *,
    port: Annotated[int, typer.Option(help=_help(Help.PORT))] = 8765,
    browser: Annotated[bool, typer.Option(help=_help(Help.BROWSER))] = True,
    locale: Annotated[str | None, typer.Option(help=_help(Help.LOCALE))] = None,
) -> None:
    from bot.settings import FOREIGN, PREFIX  # noqa: PLC0415 - slow to import

    check_machine()
    if locale not in {None, "ko", "en"}:
        raise typer.BadParameter("ko, en", param_hint="--locale")
    for name in [name for name in os.environ if name.startswith(PREFIX) or name in FOREIGN]:
        del os.environ[name]  # no setting of a real installation reaches the demo
    from bot import demo as demonstration  # noqa: PLC0415 - slow to import
    from bot import logs  # noqa: PLC0415 - slow to import
    from storage.db import TurnLoop  # noqa: PLC0415 - slow to import

    logs.configure(level="WARNING")

    with asyncio.Runner(loop_factory=TurnLoop) as runner:
        runner.run(demonstration.run(port=port, browser=browser, locale=locale, say=say))


@app.command(help=_help(Help.GATE))
def gate(
    *,
    project: Project,
    action: Annotated[str, typer.Option(help="deploy, merge_feature, merge_fix")] = "deploy",
    type_: Annotated[str, typer.Option("--type", help="regular, emergency, hotfix, feature")] = "regular",
    release: Annotated[str, typer.Option(help=_help(Help.ITS_RELEASE))] = "",
    environment: Annotated[str, typer.Option(help="production, staging")] = "production",
    at: Annotated[str | None, typer.Option(help=_help(Help.AT))] = None,
    as_json: Json = False,
    strict: Annotated[bool, typer.Option("--strict", help=_help(Help.STRICT))] = False,
) -> None:
    from bot.cli import gate as asking  # noqa: PLC0415 - slow to import

    asked = asking.Asked(
        project=project, action=action, type=type_, at=at, release=release, environment=environment
    )
    raise typer.Exit(asking.ask(asked, as_json=as_json, strict=strict))


@calendar.callback()
def show_calendar(
    context: typer.Context,
    *,
    project: Annotated[str, typer.Option("--project", "-p", help=_help(Help.PROJECT))] = "",
    format_: Annotated[str, typer.Option("--format", help=_FORMATS)] = "text",
    month: Annotated[str, typer.Option(help=_help(Help.MONTH))] = "",
    first: Annotated[str, typer.Option("--from", help=_help(Help.FROM))] = "",
    months: Annotated[int, typer.Option(min=1, max=24, help=_help(Help.MONTHS))] = 12,
    person: Annotated[str, typer.Option(help=_help(Help.PERSON))] = "",
    lang: Annotated[str, typer.Option(help=_help(Help.LANG))] = "",
    output: Annotated[Path | None, typer.Option(help=_help(Help.OUTPUT))] = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    if not project:
        raise typer.BadParameter(_help(Help.PROJECT), param_hint="--project")
    from bot.cli.calendar import Asked, show  # noqa: PLC0415 - slow to import

    show(Asked(project, format_, first, months, person, lang, month), output)


@calendar.command("import", help=_help(Help.IMPORT))
def import_calendar(
    file: Annotated[Path, typer.Argument(help=_help(Help.FILE))],
    *,
    project: Project,
    name: Annotated[str, typer.Option(help=_help(Help.NAME))] = "",
    kind: Annotated[str, typer.Option(help=_help(Help.KIND))] = "blackout",
    types: Annotated[list[str] | None, typer.Option("--type", help=_help(Help.TYPES))] = None,
    environments: Annotated[
        list[str] | None, typer.Option("--environment", help=_help(Help.ENVIRONMENTS))
    ] = None,
) -> None:
    from bot.cli import importing  # noqa: PLC0415 - slow to import

    asked = importing.Asked(project, name or file.stem.lower(), kind, types or [], environments or [])
    raise typer.Exit(importing.take(file, asked))


@app.command(help=_help(Help.NOTES), context_settings=_PASSED_ON)
def notes(context: typer.Context) -> None:
    raise typer.Exit(quick.main(["notes", *context.args]))


@app.command("next-version", help=_help(Help.NEXT_VERSION), context_settings=_PASSED_ON)
def next_version(context: typer.Context) -> None:
    raise typer.Exit(quick.main(["next-version", *context.args]))


@audit.command("verify", help=_help(Help.VERIFY))
def audit_verify(*, as_json: Json = False) -> None:
    from bot.cli import audit as auditing  # noqa: PLC0415 - slow to import

    raise typer.Exit(auditing.verify(as_json=as_json))


@audit.command("show", help=_help(Help.SHOW))
def audit_show(
    release: Annotated[str, typer.Argument(help=_help(Help.RELEASE))],
    *,
    project: Project = "",
    as_json: Json = False,
) -> None:
    from bot.cli import audit as auditing  # noqa: PLC0415 - slow to import

    raise typer.Exit(auditing.show(release, project, as_json=as_json))


@token.command("create", help=_help(Help.TOKEN_CREATE))
def token_create(
    *,
    project: Project,
    scope: Annotated[list[str] | None, typer.Option(help=_help(Help.SCOPES, known=_SCOPES))] = None,
    expires: Annotated[str, typer.Option(help=_help(Help.EXPIRES))] = "90d",
    name: TokenName = "ci",
) -> None:
    from bot.cli import tokens  # noqa: PLC0415 - slow to import

    tokens.create(project, name, scope or [], expires)


@token.command("list", help=_help(Help.TOKEN_LIST))
def token_list(*, project: Project, as_json: Json = False) -> None:
    from bot.cli import tokens  # noqa: PLC0415 - slow to import

    tokens.list_(project, as_json=as_json)


@token.command("rotate", help=_help(Help.TOKEN_ROTATE))
def token_rotate(*, project: Project, name: TokenName = "ci") -> None:
    from bot.cli import tokens  # noqa: PLC0415 - slow to import

    tokens.rotate(project, name)


@token.command("revoke", help=_help(Help.TOKEN_REVOKE))
def token_revoke(*, project: Project, name: TokenName = "ci") -> None:
    from bot.cli import tokens  # noqa: PLC0415 - slow to import

    tokens.revoke(project, name)


@app.command(help=_help(Help.MIGRATE))
def migrate() -> None:
    from bot.cli.database import migrate as run  # noqa: PLC0415 - slow to import
    from bot.settings import Settings  # noqa: PLC0415 - slow to import

    run(Settings.load())


@app.command(help=_help(Help.DOCTOR))
def doctor() -> None:
    from bot.cli.examining import examine_and_tell  # noqa: PLC0415 - slow to import

    raise typer.Exit(asyncio.run(examine_and_tell()))


def main() -> None:
    try:
        app(prog_name="naru")
    except SystemExit:
        raise
    except _mistakes() as mistake:  # asked for only when something went wrong
        from bot.cli.mistakes import sentences  # noqa: PLC0415 - slow to import

        for line in sentences(mistake):
            say(line, error=True)
        sys.exit(2)


def _mistakes() -> tuple[type[BaseException], ...]:
    from bot.cli.mistakes import MISTAKES  # noqa: PLC0415 - slow to import

    return MISTAKES
