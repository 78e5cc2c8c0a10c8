"""What an experiment file is, in one line, if it can be used at all."""

from experiments.experiment import load_experiment
from scenarios.schema import Text
from scenarios.wording import say


def verdict(path: str, lang: str) -> str:
    """Say what the experiment is. Raises ``ScenarioError`` with the first thing wrong in it."""
    experiment = load_experiment(path)
    plan = experiment.plan()
    models, points = len(experiment.models), len(experiment.points.settings)
    total = len(plan.conditions) * plan.runs
    text = Text(
        da=f"{path}: et gyldigt forsøg, »{experiment.title.da}« (modeller: {models}, håndtag: "
        f"{len(experiment.levers)}, usikkerheder: {len(experiment.uncertainties)}, punkter: "
        f"{points}, kørsler: {total})",
        en=f"{path}: a valid experiment, “{experiment.title.en}” (models: {models}, levers: "
        f"{len(experiment.levers)}, uncertainties: {len(experiment.uncertainties)}, points: "
        f"{points}, runs: {total})",
    )
    return say(text, lang)
