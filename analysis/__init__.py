"""From runs to statistics, tables, plots and reports."""
