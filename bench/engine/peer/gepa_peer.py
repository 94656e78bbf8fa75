"""The published implementation (PyPI: gepa) as a peer of the engine benchmark.

Reads one JSON object a line on stdin and writes one a line on stdout. Rollouts and reflections are answered by the
benchmark, so that calls are counted there and both implementations meet the same world.
"""

import json
import sys

CHANNEL = sys.stdout
sys.stdout = sys.stderr  # whatever the library prints must not reach the channel


def send(message):
    CHANNEL.write(json.dumps(message) + "\n")
    CHANNEL.flush()


def receive():
    line = sys.stdin.readline()
    if line == "":
        sys.exit(0)
    return json.loads(line)


class SilentLogger:
    def log(self, message):
        pass


class BridgeAdapter:
    """Sends every rollout to the benchmark; all pairs of one turn in one message."""

    propose_new_texts = None

    def evaluate(self, batch, candidate, capture_traces=False):
        return self.batch_evaluate([(candidate, batch)])[0]

    def batch_evaluate(self, items):
        from gepa.core.adapter import EvaluationBatch

        jobs = [
            {"candidate": candidate, "exampleId": example["id"]} for candidate, batch in items for example in batch
        ]
        send({"op": "evaluate", "jobs": jobs})
        answers = iter(receive()["rollouts"])
        batches = []
        for _, batch in items:
            traces = [{"inputs": example["inputs"], **next(answers)} for example in batch]
            batches.append(
                EvaluationBatch(
                    outputs=[trace["output"] for trace in traces],
                    scores=[trace["score"] for trace in traces],
                    trajectories=traces,
                )
            )
        return batches

    def make_reflective_dataset(self, candidate, eval_batch, components_to_update):
        records = [
            {"Inputs": trace["inputs"], "Generated Outputs": trace["output"], "Feedback": trace["feedback"]}
            for trace in eval_batch.trajectories
        ]
        return {component: records for component in components_to_update}


def reflect(prompt):
    send({"op": "reflect", "prompt": prompt if isinstance(prompt, str) else json.dumps(prompt)})
    return receive()["text"]


def run(request):
    import gepa

    result = gepa.optimize(
        seed_candidate=request["seedCandidate"],
        trainset=request["trainset"],
        valset=request["valset"],
        adapter=BridgeAdapter(),
        reflection_lm=reflect,
        max_metric_calls=request["maxMetricCalls"],
        use_merge=request["useMerge"],
        seed=request["seed"],
        logger=SilentLogger(),
        display_progress_bar=False,
        raise_on_exception=True,
    )
    send(
        {
            "op": "done",
            "candidates": result.candidates,
            "best": result.best_idx,
            "metricCalls": result.total_metric_calls,
        }
    )


def main():
    while True:
        request = receive()
        try:
            run(request)
        except Exception as error:  # the benchmark says what went wrong, and in which world
            send({"op": "failed", "message": f"{type(error).__name__}: {error}"})


main()
