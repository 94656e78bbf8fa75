import { describe, expect, it } from "vitest";
import type { EvaluationView } from "@/lib/contracts/evaluations";
import { queueWords, roundSentence, sendingWords } from "./answer-words";

const round: EvaluationView = {
  id: "evl_1",
  number: 2,
  projectId: "prj_1",
  jobId: "job_1",
  state: "done",
  promptVersion: 1,
  model: "m",
  total: 36,
  answered: 36,
  couldNotBeScored: 2,
  meanGrade: 3.4,
  meanShown: "3.4 of 5",
  goodEnough: { count: 26, of: 34 },
  judgeVersionId: "jdv_1",
  cause: null,
  simulated: true,
  createdAt: 0,
  createdBy: "Ray",
};

describe("sentences of a round", () => {
  it("tell count, mean on the judge's scale, good enough, and what could not be scored", () => {
    expect(roundSentence(round)).toBe(
      "Round 2: 36 answers, 3.4 of 5 on average, 26 of 34 good enough. 2 could not be scored.",
    );
  });

  it("say what is kept when it stopped, and why", () => {
    const stopped = { ...round, state: "failed" as const, answered: 12, cause: "The disk is full." };
    expect(roundSentence(stopped)).toBe(
      "Round 2 stopped at 12 answers of 36; they are kept. The disk is full.",
    );
  });

  it("name host, count and price before anything is sent (ux.md, rule 9)", () => {
    const offer = { prompts: [], records: 42, host: "api.example.com", costUsd: 0.4, judgeName: "Usable" };
    expect(sendingWords(offer)).toBe(
      "42 records go to api.example.com; about $0.40. The judge “Usable” grades the answers.",
    );
    expect(sendingWords({ ...offer, host: null })).toContain("Nothing leaves this computer");
    expect(sendingWords({ ...offer, costUsd: null })).toContain("is not known before the first round");
  });

  it("tell own and team progress as text", () => {
    const queue = {
      id: "q",
      projectId: "p",
      judgeId: "j",
      name: "Round 2",
      expertsPerItem: 2,
      total: 12,
      doneByMe: 4,
      leftForMe: 8,
      doneByTeam: 7,
      assignees: [],
      askOrder: "teaching" as const,
      isClosed: false,
      createdAt: 0,
    };
    expect(queueWords(queue)).toEqual({ mine: "4 of 12", team: "7 of 24" });
    expect(queueWords({ ...queue, leftForMe: 0 })).toEqual({ mine: "4, all done", team: "7 of 24" });
  });
});
