import type { RunEventBody } from "@/lib/contracts/run-events";
import type { RunManifest } from "@/lib/contracts/runs";
import type { ServiceDeps } from "@/lib/services/service-deps";
import { runTopic } from "@/lib/streaming/topics";

export const CANDIDATES = 500;
export const RECORDS = 200;
const MAX_CALLS = 200_000;

/** A run whose events are written by hand: it looks to everyone as if it were going on. */
export interface RecordedRun {
  runId: string;
  metricCalls(): number;
  /** Commits one more scored answer, then publishes it, as the run's journal does. @returns its number */
  scoreAnswer(): number;
  /** Commits the end of one candidate's race, and the start of the next. */
  settleCandidate(): void;
}

/** Writes a run of 500 candidates on 200 records into the database, under way. */
export function recordRun(
  { repos, bus, now, newId }: ServiceDeps,
  facts: { projectId: string; promptId: string; manifest: RunManifest; actorId: string },
): RecordedRun {
  const records = Array.from(
    { length: RECORDS },
    (_, index) => `rec_bench${String(index).padStart(20, "0")}`,
  );
  const [runId, jobId] = [newId("run"), newId("job")];
  const manifest = { ...facts.manifest, trainset: records, valset: records, maxMetricCalls: MAX_CALLS };
  const { projectId, promptId, actorId } = facts;
  const caps = { maxMetricCalls: MAX_CALLS, maxUsd: null, maxMinutes: null };
  repos.jobs.enqueue({
    id: jobId,
    kind: "run",
    projectId,
    subjectId: runId,
    caps,
    total: MAX_CALLS,
    actorId,
    at: now(),
  });
  // Leased here and now, so that the runner does not take it up.
  repos.jobs.claim(jobId, now(), 3_600_000);
  repos.runs.insert({
    id: runId,
    projectId,
    promptId,
    promptVersionId: manifest.promptVersionId,
    jobId,
    manifest,
    actorId,
    at: now(),
  });

  let decision = 0;
  let calls = 0;
  let candidate = 0;
  const append = (body: RunEventBody, isDecision: boolean) =>
    repos.runEvents.append(runId, now(), body, isDecision ? decision : null);
  const decide = (body: Record<string, unknown>) => {
    decision += 1;
    return append({ ...body, decision } as RunEventBody, true);
  };
  const scoreOf = (of: number, record: number): number => ((of * 7 + record * 3) % 5) / 4;
  const scoresOf = (of: number) =>
    records.map((exampleId, index) => ({ exampleId, score: scoreOf(of, index) }));
  const begin = () => {
    candidate += 1;
    const proposalId = `p${candidate}`;
    const parentIds = [`c${Math.floor((candidate - 1) / 3)}`];
    return [
      decide({ type: "parent-selected", proposalId, parentId: parentIds[0], pick: "front" }),
      decide({
        type: "minibatch-chosen",
        proposalId,
        parentId: parentIds[0],
        component: "system",
        exampleIds: records.slice(0, 8),
        scores: [],
      }),
      decide({
        type: "reflection-answered",
        proposalId,
        parentIds,
        component: "system",
        summary: `says how many plays each percentage rests on, in the words of attempt ${candidate}`,
        citedExampleIds: records.slice(0, 2),
      }),
    ];
  };
  const settle = () => {
    const [proposalId, candidateId, scores] = [`p${candidate}`, `c${candidate}`, scoresOf(candidate)];
    const meanScore = scores.reduce((all, { score }) => all + score, 0) / scores.length;
    const parentIds = [`c${Math.floor((candidate - 1) / 3)}`];
    const base = { proposalId, candidateId, parentIds, scores, metricCalls: calls };
    return candidate % 2 === 0
      ? decide({ type: "candidate-accepted", ...base, meanScore, fullyValidated: true })
      : decide({
          type: "candidate-rejected",
          ...base,
          reason: "not-better",
          childMean: meanScore,
          parentMean: meanScore + 0.05,
          exampleIds: records,
        });
  };

  repos.transaction(() => {
    decide({
      type: "run-started",
      strategy: "frugal",
      seedCandidateId: "c0",
      components: ["system"],
      trainset: records,
      valset: records,
      maxMetricCalls: MAX_CALLS,
      lanes: 1,
      seed: 1,
    });
    calls = RECORDS;
    decide({
      type: "seed-evaluated",
      candidateId: "c0",
      scores: scoresOf(0),
      meanScore: 0.5,
      excluded: [],
      metricCalls: calls,
    });
    append({ type: "phase-changed", phase: "searching" }, false);
    while (candidate < CANDIDATES - 1) {
      begin();
      calls += RECORDS;
      settle();
    }
    begin();
  });

  const publish = (items: ReturnType<typeof append>[], isUrgent: boolean): void => {
    for (const item of items) bus.publish(runTopic(runId), { seq: item.seq, isUrgent, item });
  };
  return {
    runId,
    metricCalls: () => calls,
    scoreAnswer: () => {
      calls += 1;
      const record = calls % RECORDS;
      const item = append(
        {
          type: "rollout-finished",
          candidateId: `c${candidate}`,
          exampleId: records[record] ?? "",
          sample: 0,
          purpose: "rung",
          score: scoreOf(candidate, record),
          charged: true,
          metricCalls: calls,
        },
        false,
      );
      publish([item], false);
      return calls;
    },
    settleCandidate: () => publish([settle(), ...begin()], true),
  };
}
