import { describe, expect, it } from "vitest";
import { emptyRunView, foldRunEvents } from "@/lib/contracts/fold-run-event";
import type { RunEventBody } from "@/lib/contracts/run-events";
import { prepareFailures } from "./run-failures";

const failed = (exampleId: string, cause: string): RunEventBody => ({
  type: "rollout-finished",
  candidateId: "c0",
  exampleId,
  sample: 0,
  purpose: "seed",
  score: null,
  charged: true,
  cause,
  metricCalls: 1,
});
const scored = (exampleId: string): RunEventBody => {
  const { cause: _, ...rest } = failed(exampleId, "") as Extract<RunEventBody, { type: "rollout-finished" }>;
  return { ...rest, score: 0.5 };
};
const refused = (proposalId: string, detail: string): RunEventBody => ({
  type: "proposal-refused",
  decision: 3,
  proposalId,
  parentIds: ["c0"],
  reason: "lost-variable",
  detail,
});
const viewOf = (...bodies: RunEventBody[]) =>
  foldRunEvents(
    emptyRunView("run_1", 75),
    bodies.map((body, index) => ({ v: 1, runId: "run_1", seq: index + 1, at: index, body })),
  );

describe("failures of a run", () => {
  it("says nothing when all went well", () => {
    expect(prepareFailures(viewOf(scored("a")))).toBeNull();
  });

  it("counts what failed under its cause, the first one first, and what was scored later", () => {
    const view = viewOf(failed("a", "503"), failed("b", "no grade"), failed("b", "503"), scored("a"));
    expect(prepareFailures(view)).toEqual({
      summary: "3 answers could not be scored at first; 1 of them was not scored later either.",
      causes: [
        { words: "503", count: 2 },
        { words: "no grade", count: 1 },
      ],
    });
  });

  it("tells refused edits by their reason", () => {
    const view = viewOf(refused("p1", "lost {{team}}"), refused("p2", "lost {{team}}"));
    expect(prepareFailures(view)).toEqual({
      summary: "2 suggested edits could not be used.",
      causes: [{ words: "edit refused: lost {{team}}", count: 2 }],
    });
  });

  it("keeps a bounded list of causes and loses no count", () => {
    const view = viewOf(...Array.from({ length: 40 }, (_, index) => failed(`r${index}`, `cause ${index}`)));
    expect(view.failures).toHaveLength(13);
    const causes = prepareFailures(view)?.causes ?? [];
    expect(causes.at(-1)).toEqual({ words: "other causes", count: 36 });
    expect(causes.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });
});
