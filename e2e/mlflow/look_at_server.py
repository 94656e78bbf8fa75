"""What a team sees in its own MLflow server after a promotion in Touchstone."""

import json
import sys

import mlflow
from mlflow.genai.scorers import get_scorer

name, judge, experiment = sys.argv[1:]
experiment_id = mlflow.get_experiment_by_name(experiment).experiment_id
live = mlflow.genai.load_prompt(f"prompts:/{name}@production", cache_ttl_seconds=0)
client = mlflow.MlflowClient()
runs = client.search_runs([experiment_id], filter_string="tags.optimization LIKE '%'")
run = runs[0]
artifacts = [artifact.path for artifact in client.list_artifacts(run.info.run_id)]
bundle = mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/evidence-bundle.json")
scorer = get_scorer(name=judge, experiment_id=experiment_id)
print(
    json.dumps(
        {
            "live": {"version": live.version, "template": live.template, "tags": live.tags},
            "message": live.commit_message,
            "versions": [version.version for version in client.search_prompt_versions(name)],
            "runs": len(runs),
            "metrics": run.data.metrics,
            "status": run.info.status,
            "artifacts": artifacts,
            "bundle": {"format": bundle["format"], "review": bundle["review"]["id"]},
            "judge": {"kind": type(scorer).__name__, "instructions": scorer.instructions},
        }
    )
)
