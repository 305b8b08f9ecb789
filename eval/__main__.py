"""`python -m eval`: measure how far the answers can be trusted."""

from __future__ import annotations

import typer

from eval.commands.bench import bench_command
from eval.commands.check import check_command
from eval.commands.compare import compare_command
from eval.commands.draft import draft_command
from eval.commands.embedding import embedding_command
from eval.commands.growth import growth_command, search_speed_command
from eval.commands.judge import judge_command
from eval.commands.peers import peers_command
from eval.commands.reading import reading
from eval.commands.report import report_command
from eval.commands.results import results
from eval.commands.retrieval import retrieval
from eval.commands.run import answers, run
from eval.commands.tune import tune_command

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)

app.command()(answers)
app.command()(run)
app.command("compare")(compare_command)
app.command("report")(report_command)
app.command()(results)
app.command("peers")(peers_command)
app.command("judge")(judge_command)
app.command("bench")(bench_command)
app.command("embedding")(embedding_command)
app.command()(reading)
app.command()(retrieval)
app.command("check")(check_command)
app.command("draft")(draft_command)
app.command("search-speed")(search_speed_command)
app.command("growth")(growth_command)
app.command("tune")(tune_command)

if __name__ == "__main__":
    app()
