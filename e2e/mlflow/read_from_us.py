"""What a team's code does that keeps its prompts in MLflow, unchanged: only the address and the token are ours."""

import json
import sys

import mlflow
from mlflow.exceptions import MlflowException

name = sys.argv[1]
live = mlflow.genai.load_prompt(f"prompts:/{name}@production", cache_ttl_seconds=0)
first = mlflow.genai.load_prompt(f"prompts:/{name}/1")
latest = mlflow.genai.load_prompt(name)
scout = mlflow.genai.load_prompt("prompts:/scout@production")
found = mlflow.genai.search_prompts(filter_string=f"name LIKE '{name[:4]}%'")
versions = mlflow.MlflowClient().search_prompt_versions(name)
try:
    mlflow.genai.set_prompt_alias(name, alias="production", version=1)
    refusal = None
except MlflowException as error:
    refusal = {"code": error.error_code, "message": str(error)}
print(
    json.dumps(
        {
            "client": mlflow.__version__,
            "live": {"version": live.version, "template": live.template, "tags": live.tags},
            "formatted": scout.format(team="the Reds"),
            "aliases": list(live.aliases),
            "first": {"version": first.version, "template": first.template, "message": first.commit_message},
            "latest": latest.version,
            "missing": mlflow.genai.load_prompt(f"prompts:/{name}@staging", allow_missing=True),
            "found": [prompt.name for prompt in found],
            "versions": [version.version for version in versions],
            "refusal": refusal,
        }
    )
)
