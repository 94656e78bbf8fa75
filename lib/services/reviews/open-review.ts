import "server-only";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { NewReview, Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { CreateReviewInput } from "@/lib/contracts/reviews";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { contentHashOf, DEFAULT_COMPONENT } from "../prompts/new-version";
import type { ServiceDeps } from "../service-deps";
import { isSimulated } from "../targets/current-target";
import { announce } from "../webhooks/announce";

type Content = Pick<
  NewReview,
  "promptId" | "runId" | "candidateId" | "components" | "layout" | "modelConfig" | "authorId" | "simulated"
>;

/** Opens a review of these words, or gives the one that is open already: one content, one open review. */
export function openReview(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: CreateReviewInput,
): Review {
  const { repos, now, newId } = deps;
  const content =
    input.runId === undefined ? handWritten(deps, actor, projectId, input) : fromRun(deps, projectId, input);
  const contentHash = contentHashOf(content);
  return repos.transaction(() => {
    const open = repos.reviews
      .list(projectId)
      .find(
        (one) =>
          one.promptId === content.promptId &&
          one.contentHash === contentHash &&
          (one.state === "open" || one.state === "approved"),
      );
    if (open) return open;
    const review = repos.reviews.insert({
      id: newId("rev"),
      projectId,
      ...content,
      contentHash,
      createdAt: now(),
    });
    announce(deps, {
      projectId,
      type: "review.requested",
      path: `/p/${projectId}/reviews/${review.id}`,
      data: {
        review: { id: review.id, number: review.number },
        prompt: repos.prompts.byId(review.promptId)?.name ?? "",
        author: review.author,
        contentHash,
      },
    });
    const details = {
      number: review.number,
      runId: review.runId,
      candidateId: review.candidateId,
      contentHash,
    };
    audit(deps, actor, {
      projectId,
      action: "review-opened",
      subjectType: "review",
      subjectId: review.id,
      details,
    });
    return review;
  });
}

/** The author of a run's candidate is who launched the run. */
function fromRun(
  { repos }: ServiceDeps,
  projectId: string,
  { runId, candidateId }: CreateReviewInput,
): Content {
  const run = repos.runs.byId(runId ?? "");
  const candidate = run && candidateId !== undefined ? repos.candidates.byId(run.id, candidateId) : null;
  const started = run ? repos.prompts.versionById(run.promptVersionId) : null;
  if (!run || run.projectId !== projectId || !candidate || !started) {
    throw new AppError(
      "not-found",
      "This run has no such candidate. Open the run and choose one of its candidates.",
    );
  }
  return {
    promptId: run.promptId,
    runId: run.id,
    candidateId: candidate.candidateId,
    components: candidate.components,
    layout: started.layout,
    modelConfig: started.modelConfig,
    authorId: run.createdById,
    simulated: run.manifest.simulated,
  };
}

function handWritten(
  { repos }: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: CreateReviewInput,
): Content {
  const prompt = input.promptId === undefined ? null : repos.prompts.byId(input.promptId);
  const project = repos.projects.byId(projectId);
  if (!prompt || prompt.projectId !== projectId || !project) {
    throw new AppError("not-found", "There is no such prompt in this project.");
  }
  const latest = repos.prompts.latestVersion(prompt.id);
  const components = checkedComponents(input.components ?? {}, latest);
  return {
    promptId: prompt.id,
    runId: null,
    candidateId: null,
    components,
    layout: latest?.layout ?? layoutOf(components),
    modelConfig: latest?.modelConfig ?? {},
    authorId: actorId(actor),
    simulated: isSimulated(repos, project),
  };
}

/** The texts by part, all parts that the prompt has and no other. Throws `invalid-input` with the part. */
export function checkedComponents(
  components: Readonly<Record<string, string>>,
  latest: PromptVersion | null,
): Record<string, string> {
  const expected = latest?.layout ?? layoutOf(components);
  const missing = expected.filter((name) => (components[name] ?? "").trim() === "");
  const unknown = Object.keys(components).filter((name) => !expected.includes(name));
  const errors = [
    ...missing.map((name) => ({ path: `components.${name}`, message: `The part "${name}" has no text.` })),
    ...unknown.map((name) => ({ path: `components.${name}`, message: `This prompt has no part "${name}".` })),
  ];
  if (errors.length === 0 && expected.length > 0) return { ...components };
  const [first] = errors;
  throw new AppError("invalid-input", `${first?.message ?? "The prompt has no text."} Nothing was saved.`, {
    errors,
  });
}

function layoutOf(components: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(components);
  return names.length === 0 ? [DEFAULT_COMPONENT] : names;
}
