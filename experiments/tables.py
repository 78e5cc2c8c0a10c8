"""A table in the format that the name of a file asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.jobs import ExperimentError
from experiments.storage import OutputError, told_plainly

if TYPE_CHECKING:
    import pandas as pd

FORMATS: Final = (".csv", ".parquet", ".xlsx", ".md")
MOST_EXCEL_ROWS: Final = 1_048_575  # beside the heading


def write_table(make: "Callable[[], pd.DataFrame]", file: Path) -> None:
    """Write the table that ``make`` gives to ``file``, wholly or not at all.

    Raises:
        ExperimentError: no such format, or too many rows for it.
        OutputError: the file cannot be written.
    """
    if file.suffix not in FORMATS:
        raise ExperimentError(
            f"{file}: there is no format “{file.suffix}”; allowed: {', '.join(FORMATS)}"
        )
    if not file.absolute().parent.is_dir():
        raise OutputError(f"cannot write to {file}: there is no folder {file.parent}")
    table = make()
    if file.suffix == ".xlsx" and len(table) > MOST_EXCEL_ROWS:
        raise ExperimentError(
            f"{file}: Excel takes {MOST_EXCEL_ROWS:,} rows and there are {len(table):,}; write "
            ".csv or .parquet"
        )
    unfinished = file.with_name(f".unfinished-{file.name}")
    try:
        with told_plainly(file):
            _write(table, unfinished)
            unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(table: "pd.DataFrame", file: Path) -> None:
    match file.suffix:
        case ".csv":
            table.to_csv(file, index=False)
        case ".parquet":
            table.to_parquet(file, index=False)
        case ".xlsx":
            table.to_excel(file, index=False)
        case _:
            file.write_text(table.to_markdown(index=False) + "\n", encoding="utf-8")
