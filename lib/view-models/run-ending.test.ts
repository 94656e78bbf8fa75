import { describe, expect, it } from "vitest";
import { emptyRunView } from "@/lib/contracts/fold-run-event";
import type { CandidateRow, RunView } from "@/lib/contracts/runs";
import { prepareEnding } from "./run-ending";
import { shownScaleOf } from "./run-scale";

const scale = shownScaleOf({ kind: "numeric", min: 1, max: 5, step: 1 });
const valset = Array.from({ length: 21 }, (_, index) => `r${index}`);
const row = (candidateId: string, changes: Partial<CandidateRow>): CandidateRow => ({
  candidateId,
  proposalId: candidateId === "c0" ? null : `p${candidateId.slice(1)}`,
  parentIds: [],
  status: "rejected",
  meanScore: null,
  scoredOn: 0,
  fullyValidated: false,
  bestOn: [],
  summary: "",
  byHand: false,
  why: "",
  reason: null,
  compared: null,
  shownExampleIds: [],
  metricCalls: 0,
  ...changes,
});
/** The starting prompt has the top grade on 17 of 21 records; the other four nobody solves. */
const seedScores = Object.fromEntries(valset.map((id, index) => [id, index < 17 ? 1 : 0.53]));
const endedView = (recommendedCandidateId: string, recommendedScore: number): RunView => ({
  ...emptyRunView("run_1", 75),
  seedCandidateId: "c0",
  valset,
  metricCalls: 75,
  spentUsd: 0.52,
  candidates: [
    row("c0", { status: "seed", meanScore: 0.9 }),
    ...Array.from({ length: 9 }, (_, index) => row(`c${index + 1}`, { meanScore: 0.9 })),
  ],
  scores: { c0: seedScores },
  ended: { stopReason: "budget", detail: "", recommendedCandidateId, seedScore: 0.9, recommendedScore },
});

describe("ux.md, moment 8", () => {
  it("without improvement, word for word", () => {
    const ending = prepareEnding(endedView("c0", 0.9), scale, true);
    expect(ending?.title).toBe("No candidate was better. Production is unchanged.");
    expect(ending?.body).toBe(
      "9 edits were tried with 75 scored answers, $0.52; the best reached 4.6 of 5, production has 4.6. Most likely: 17 of 21 comparison records already have the top grade. 4 were solved by no candidate; perhaps the record asks for what the assistant cannot know.",
    );
    expect(ending?.unsolved).toEqual(["r17", "r18", "r19", "r20"]);
  });

  it("stopped by failures: what is broken comes first, and nobody is told to write harder records", () => {
    const view = endedView("c0", 0.9);
    const ending = prepareEnding(
      {
        ...view,
        ended: {
          stopReason: "rollouts-failing",
          detail: "The endpoint answered 503.",
          recommendedCandidateId: "c0",
          seedScore: 0.9,
          recommendedScore: 0.9,
        },
      },
      scale,
      true,
    );
    expect(ending).toMatchObject({
      isBroken: true,
      title: "Failures stopped the run. Production is unchanged.",
    });
    expect(ending?.body).toContain(
      "Too many answers could not be scored. The endpoint answered 503. 9 edits were tried",
    );
  });

  it("with improvement: a candidate is ready, and the sealed records decide", () => {
    const ending = prepareEnding(endedView("c3", 0.95), scale, true);
    expect(ending).toMatchObject({ isBetter: true, title: "A candidate is ready.", recommendedId: "c3" });
    expect(ending?.body).toContain(
      "On the practice records, candidate 3 has 4.8 of 5, the starting prompt 4.6.",
    );
  });

  it("a recommended candidate without a gain is no improvement; a run that goes on has no ending", () => {
    expect(prepareEnding(endedView("c3", 0.9), scale, true)?.isBetter).toBe(false);
    expect(prepareEnding({ ...endedView("c0", 0.9), ended: null }, scale, true)).toBeNull();
  });
});
