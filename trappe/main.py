"""``trappe``: the group of commands, loaded one by one, and what a user sees when one fails."""

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Final, NoReturn

import click

WRONG: Final = 2
INTERRUPTED: Final = 130

# name: module, attribute, help in one line. Nothing is imported before it is asked for, so that
# commands that run no model start at once.
COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "models": ("trappe.models", "models", "List the organisation models."),
    "show": ("trappe.models", "show", "Show one organisation model: people, bodies and routes."),
    "levers": ("trappe.levers", "levers", "List what can be turned on any model."),
    "check": ("trappe.models", "check", "Check a scenario or an experiment file."),
    "compare": ("trappe.compare", "compare", "Run models in the same worlds and compare them."),
    "run": ("trappe.run", "run", "Run one model once and tell what happened, week by week."),
    "follow": ("trappe.follow", "follow", "Follow one case or one relation through a run."),
    "patterns": ("trappe.patterns", "patterns", "Tell whether the model shows known findings."),
    "fit": ("trappe.fit", "fit", "Search for parameters with which the findings come out."),
    "sweep": ("trappe.sweep", "sweep", "Run an experiment: many models, settings and seeds."),
    "status": ("trappe.sweep", "status", "Tell how far a sweep is, and what failed."),
    "results": ("trappe.sweep", "results", "Get the results of a sweep as a table."),
    "report": ("trappe.report_sweep", "report", "Write the report of a sweep."),
    "analyse": ("trappe.report_sweep", "analyse", "Write the findings of a sweep as tables."),
    "sql": ("trappe.sweep", "sql", "Ask the results of a sweep in SQL."),
    "dashboard": ("trappe.dashboard", "dashboard", "Open the dashboard in a browser."),
}


class LazyGroup(click.Group):
    """A group that knows the names and one-line helps of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        try:
            command = getattr(import_module(module), attribute)
        except ModuleNotFoundError as missing:
            raise click.ClickException(
                _not_installed(cmd_name, missing.name or module)
            ) from missing
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Point out the nearest command where there is none of that name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"there is no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Look at the places that a command keeps things in; help is given without them."""
        from trappe.places import make_sure_of_places

        if not set(ctx.help_option_names) & set(ctx.args):
            make_sure_of_places()
        return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


def _not_installed(command: str, module: str) -> str:
    if module.startswith("trappe."):
        return f"the command '{command}' is not part of this installation"
    extra = "; set it up with: make setup-all" if command == "dashboard" else ""
    return f"the command '{command}' needs {module}, which is not installed{extra}"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trappe")
def cli() -> None:
    """Explore how organisation shapes collaboration around Danish boligsociale helhedsplaner.

    The model explores and explains; it does not predict a named municipality.
    """


def main() -> NoReturn:
    """Run the tool. Every expected error is one message on stderr and exit code 2."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as finished:
        sys.exit(finished.exit_code)
    except click.UsageError as error:
        hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        _stop(error.format_message() + hint)
    except click.ClickException as error:
        _stop(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afbrudt / interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # the reader went away; point stdout at nothing so that closing it says nothing more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(WRONG)
    except Exception as error:
        if not _is_expected(error):
            raise
        _stop(str(error))
    sys.exit(code if isinstance(code, int) else 0)


def _is_expected(error: Exception) -> bool:
    """Errors that say in plain words what the user can do; looked up only among loaded modules."""
    expected: list[type[BaseException]] = []
    for module, name in (
        ("scenarios", "ScenarioError"),
        ("experiments", "ExperimentError"),
        ("simulation.extending", "ExtensionError"),
    ):
        if module in sys.modules:
            expected.append(getattr(sys.modules[module], name))
    return isinstance(error, tuple(expected))


def _stop(message: str) -> NoReturn:
    click.echo(f"trappe: {message}", err=True)
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
