import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { ReviewView } from "@/lib/contracts/reviews";
import { startRunInput } from "@/lib/contracts/runs";
import { footballSample } from "../../sample/football-sample";
import { createTestServices, type TestServices } from "../../testing/test-services";

/** Does more of what the football records ask for than the starting prompt, so the simulated judge finds it better. */
export const STRONGER = `${footballSample.startingPrompt}

Always include the sample size.
Always include who gets the ball.
Always include the games covered.
Always include the number of snaps.
Always include a warning that data are thin.
Always include what the call leaves open.
Always include the season average.
Always include the number of targets.
Always include a question back.
Always include a coverage to call.
Always include what the injury report says.`;

/** A server with the football project; the actor is its only member. */
export function reviewWorld(
  env: Record<string, string> = {},
  options: Parameters<typeof createTestServices>[1] = {},
) {
  const server = createTestServices(env, options);
  const seeded = server.seed(footballSample);
  const projectId = seeded.project.id;
  const { services, actor } = server;
  // The same sealed records in every test: else they are drawn by the project's id.
  const sealed = new Set(footballSample.suggestedSealedKeys);
  server.deps.repos.records.assignSets(
    [...seeded.recordIds].map(([key, recordId]) => ({
      recordId,
      set: sealed.has(key) ? "sealed" : "practice",
    })),
  );
  const judges = [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }];

  const runCandidate = async (): Promise<ReviewView> => {
    const run = services.runs.start(
      actor,
      projectId,
      startRunInput.parse({ promptVersionId: seeded.version?.id, judges }),
    );
    await server.idle();
    const { view } = services.runs.get(actor, run.id);
    return services.reviews.create(actor, projectId, {
      runId: run.id,
      candidateId: view.ended?.recommendedCandidateId,
    });
  };
  const handWritten = (text = STRONGER, author: Actor = actor): ReviewView =>
    services.reviews.create(author, projectId, { promptId: seeded.promptId, components: { system: text } });
  const withEvidence = async (review: ReviewView, buyer: Actor = actor): Promise<ReviewView> => {
    services.reviews.buyEvidence(buyer, review.id);
    await server.idle();
    return services.reviews.get(buyer, review.id);
  };
  /** Takes every confirmed loss and lifts every failure that may be lifted. */
  const acceptAll = (review: ReviewView, by: Actor = actor): ReviewView => {
    const open = [
      ...(review.evidence?.losses ?? []).filter(({ confirmed, accepted }) => confirmed && !accepted),
      ...(review.evidence?.critical.cases ?? []).filter(({ liftable }) => liftable),
    ];
    return open.reduce(
      (_, { recordId }) =>
        services.reviews.acceptLoss(by, review.id, { recordId, reason: "Known, and rare." }),
      review,
    );
  };
  return {
    server,
    seeded,
    projectId,
    services,
    actor,
    repos: server.deps.repos,
    runCandidate,
    handWritten,
    withEvidence,
    acceptAll,
  };
}

export type ReviewWorld = ReturnType<typeof reviewWorld> & { server: TestServices };

/** The refusal that some work ends with. */
export function refusalOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

export const codesOf = (review: ReviewView): string[] => review.gate.blockers.map(({ code }) => code);
