import type { HeadlessOutcome } from "./optimize-headless";
import type { HeadlessOptions } from "./options";

export const HELP = `Searches for a better prompt, without a browser.

  npm run optimize -- --records data.jsonl --prompt prompt.md --judge judge.md --scale 1-5 [options]

What goes in
  --records FILE        one JSON object a line: {"inputs": {"messages": [{"role": "user", "content": "…"}]},
                        "expectations": {"expected_response": "…"}}; .csv and .tsv files work too
  --prompt FILE         the starting prompt
  --judge FILE          the judge's instructions, with {{ inputs }}, {{ outputs }} and {{ expectations }}
  --scale SCALE         what the judge grades by: 1-5, "0 to 1 step 0.1", pass/fail, "poor < fair < good"

Models (any OpenAI-compatible endpoint; the key comes from OPENAI_API_KEY)
  --base-url URL        for example https://api.openai.com/v1. Without it, simulated models answer: for trying out only
  --task-model M        answers the records        --judge-model M    grades the answers
  --reflection-model M  suggests edits

The search
  --max-metric-calls N  scored answers at most (75)
  --seed N              the same input and seed search the same way (1)
  --concurrency N       answers at the same time, up to 64 (16)
  --lanes N             edits worked on at the same time (1)
  --strategy NAME       frugal: races edits and drops losers early; reference: as the paper does it (frugal)
  --split NAME          shared: learns from and compares on the same records; halves: on disjoint ones. Without it
                        all are learned from, and compared on are all up to 40, else a sample of 10 to 40
  --holdout SHARE       this share of the records is kept from the search; both prompts are scored on it at the end
                        (0.3). 0 gives every record to the search

What comes out
  --json                one JSON object on stdout and nothing else: bestPrompt, initialScore, finalScore,
                        holdout {before, after, n, better, worse, same}, metricCalls, llmCalls {task, judge,
                        reflection}, candidates, wallMs, stopReason, failures. All scores lie between 0 and 1: the
                        lowest grade of the scale is 0, the highest 1. failures counts what went wrong on the way:
                        calls {task, judge, reflection: attempts that failed, by kind, repeated with success or not},
                        repairs {judge, reflection: replies that had to be asked for again}, rollouts (answers of the
                        search without a score), proposals (refused edits, by reason), holdout (records left out).
                        npm itself prints two lines first: npm run --silent optimize
  --db FILE             keeps project and run in this database; else they are gone afterwards

Initial and final score are means over the comparison records that both prompts were scored on. Metric calls are the
search's, calls to models include the holdout's. The holdout is null with --holdout 0, and after failures.

Ctrl-C stops the search, takes the best so far and scores it on the holdout; a second Ctrl-C leaves at once.

Exit codes: 0 improved (on the holdout; with --holdout 0 on the comparison records), 3 not improved,
4 stopped by failures, 2 bad input.`;

export const SIMULATED_NOTE =
  "Simulated models: no --base-url was given, so nothing here was answered or graded by a real model. Use this to try the command out, not to choose a prompt.";

/** The outcome for people. */
export function summaryOf(
  { result, exitCode, failure }: HeadlessOutcome,
  options: Pick<HeadlessOptions, "endpoint">,
): string {
  const {
    bestPrompt,
    initialScore,
    finalScore,
    holdout,
    metricCalls,
    llmCalls,
    candidates,
    wallMs,
    stopReason,
  } = result;
  const { task, judge, reflection } = llmCalls;
  const lines = [
    failure === null ? VERDICTS[exitCode] : `Stopped by failures: ${failure}`,
    "",
    `Comparison records  ${change(initialScore, finalScore)}`,
    ...(holdout
      ? [
          `Holdout             ${change(holdout.before, holdout.after)}   ${holdout.n} records: ${holdout.better} better, ${holdout.worse} worse, ${holdout.same} same`,
        ]
      : []),
    `Spent               ${metricCalls} scored answers, ${candidates} prompts, ${(wallMs / 1000).toFixed(1)} s`,
    `Calls               ${task} task, ${judge} judge, ${reflection} reflection`,
    `Ended by            ${stopReason}`,
    ...(options.endpoint === null ? ["Models              simulated"] : []),
    "",
    "Best prompt",
    "-----------",
    bestPrompt,
  ];
  return lines.join("\n");
}

const VERDICTS = {
  0: "Improved. Scores lie between 0 and 1.",
  2: "",
  3: "Not improved. Scores lie between 0 and 1.",
  4: "Stopped by failures.",
} as const;

function change(before: number | null, after: number | null): string {
  return before === null || after === null ? "not scored" : `${before.toFixed(3)} -> ${after.toFixed(3)}`;
}
