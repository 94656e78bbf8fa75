"""Fills an MLflow server as a team would have: prompts with aliases, a dataset, traces that people have judged."""

import sys

import mlflow
from mlflow.entities import AssessmentSource
from mlflow.genai.datasets import create_dataset

judge_name, experiment = sys.argv[1:]
mlflow.set_experiment(experiment)
experiment_id = mlflow.get_experiment_by_name(experiment).experiment_id

mlflow.genai.register_prompt(name="scout", template="Answer like a scout about {{ team }}.", commit_message="First.")
mlflow.genai.register_prompt(
    name="scout",
    template="Answer like a scout about {{ team }}. Always name the sample size.",
    commit_message="Sample sizes.",
    tags={"author": "ana"},
)
mlflow.genai.set_prompt_alias("scout", alias="production", version=2)
mlflow.genai.register_prompt(name="chatty", template=[{"role": "user", "content": "Hello {{ name }}"}])

dataset = create_dataset(name="scouting questions", experiment_id=[experiment_id])
dataset.merge_records(
    [
        {
            "inputs": {"question": f"What do they run on 3rd and {yards}?"},
            "expectations": {"expected_response": f"Names the concept for {yards} yards and its sample size."},
            "tags": {"topic": "third down"},
        }
        for yards in (4, 7, 11)
    ]
)


@mlflow.trace(name="lookup", span_type="TOOL")
def lookup(down: int) -> str:
    return f"12 plays on down {down}"


@mlflow.trace(name="agent", span_type="AGENT")
def agent(messages: list[dict[str, str]]) -> dict[str, str]:
    return {"response": f"They throw the slant ({lookup(3)}). " + "More of it. " * 200}


def ask(question: str) -> str:
    agent(messages=[{"role": "system", "content": "Be a scout."}, {"role": "user", "content": question}])
    mlflow.flush_trace_async_logging()
    return mlflow.get_last_active_trace_id()


ana = AssessmentSource(source_type="HUMAN", source_id="ana@example.com")
ben = AssessmentSource(source_type="HUMAN", source_id="ben@example.com")
robot = AssessmentSource(source_type="LLM_JUDGE", source_id="judge")

first = ask("Whom do they throw to when hot?")
mlflow.log_feedback(trace_id=first, name=judge_name, value=4, rationale="Names the games.", source=ana)
mlflow.log_feedback(trace_id=first, name=judge_name, value=2, rationale="Too long for a sideline.", source=ben)
mlflow.log_feedback(trace_id=first, name=judge_name, value=5, rationale="Fine.", source=robot)
mlflow.log_expectation(trace_id=first, name="expected_response", value="Names the hot receiver with a count.", source=ana)
second = ask("What is their short-yardage run?")
mlflow.log_feedback(trace_id=second, name=f" {judge_name.upper()} ", value=9, rationale="Off the scale.", source=ana)
mlflow.log_feedback(trace_id=second, name="politeness", value=True, source=ana)
third = ask("Nobody has judged this one.")
print(f"experiment {experiment_id}; traces {first} {second} {third}")
