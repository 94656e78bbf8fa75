import "server-only";
import type { Database } from "@/db/client";
import type { FetchLike } from "@/lib/llm";
import { createPoolExecutor } from "@/lib/rollouts/pool-executor";
import type { RolloutExecutor } from "@/lib/rollouts/types";
import { createAlignmentsService, registerAlignmentJobs } from "./alignments/alignments.service";
import { createAuditLogService } from "./audit-log/audit-log.service";
import { createAccountService } from "./auth/account.service";
import { createApiKeysService } from "./auth/api-keys.service";
import { createAuthService } from "./auth/auth.service";
import { createBlindService } from "./blind/blind.service";
import { createConnectionsService } from "./connections/connections.service";
import { createErasureService } from "./erasure/erasure.service";
import { createEvaluationJob } from "./evaluations/evaluation-job";
import { createEvaluationsService } from "./evaluations/evaluations.service";
import { createEventStreamService } from "./events/event-stream.service";
import { processStreams } from "./events/process-streams";
import { createEvidenceService, registerEvidenceJobs } from "./evidence/evidence.service";
import { createIdempotencyService } from "./idempotency";
import { createJudgeChecksService, registerJudgeCheckJobs } from "./judge-checks/judge-checks.service";
import { createEmbeddingsFor } from "./judges/embeddings";
import { createJudgePagesService } from "./judges/judge-pages.service";
import { createJudgesService } from "./judges/judges.service";
import { createLabelsService } from "./labels/labels.service";
import type { Mailer } from "./mail/mailer";
import { createMlflowService, startMlflowPushes } from "./mlflow/mlflow.service";
import { createServedRegistry } from "./mlflow/served-registry.service";
import { createOverviewService } from "./overview/overview.service";
import { createInvitationsService } from "./people/invitations.service";
import { createMembersService } from "./people/members.service";
import { createPersonalLinksService } from "./people/personal-links.service";
import { createServerAccountsService } from "./people/server-accounts.service";
import { createProjectsService } from "./projects/projects.service";
import { createPurge, type Purge } from "./projects/purge";
import { createPromptCheckJob } from "./prompt-checks/prompt-check-job";
import { createPromptChecksService } from "./prompt-checks/prompt-checks.service";
import { createPromptsService } from "./prompts/prompts.service";
import { createQueuesService } from "./queues/queues.service";
import { createReachService } from "./reach/reach.service";
import { createDraftJob, createDraftsService } from "./records/draft-expectations";
import { createImportService } from "./records/import.service";
import { createImportJob } from "./records/import-job";
import { createRecordsService } from "./records/records.service";
import { createRetentionService } from "./retention/retention.service";
import { createReviewsService } from "./reviews/reviews.service";
import { createRolloutRunner } from "./rollouts/rollout-runner";
import { createRunJob } from "./runs/run-job";
import { createRunsService } from "./runs/runs.service";
import type { ServiceDeps } from "./service-deps";
import { createSetsService } from "./sets/sets.service";
import { createSpendService } from "./spend/spend.service";
import { createStandardsService } from "./standards/standards.service";
import { createStorageService } from "./storage/storage.service";
import { createTargetsService } from "./targets/targets.service";
import { createWebhooksService, startWebhookDeliveries } from "./webhooks/webhooks.service";
import { createWorkersService } from "./workers/workers.service";

export type Services = ReturnType<typeof createServices>;

/** What services need besides their shared deps. */
export interface ServiceParts {
  /** For the accounts' library, which brings its own adapter. */
  database: Database;
  /** The network of HTTP agents, which checks addresses. */
  fetch: FetchLike;
  /** The network of the simulated models, which is none. */
  sandboxFetch: FetchLike;
  /** Done by workers; null = in this process. */
  queued: RolloutExecutor | null;
  /** Null where no mail server is set. */
  mailer: Mailer | null;
}

/** Puts the use cases together and registers what does their long work. */
export function createServices(deps: ServiceDeps, parts: ServiceParts) {
  const { database, fetch, sandboxFetch, queued, mailer } = parts;
  const auth = createAuthService({ ...deps, database });
  const sets = createSetsService(deps);
  const purge = createPurge(deps);
  const projects = createProjectsService(deps, purge);
  const prompts = createPromptsService(deps);
  const pool = createPoolExecutor({ fetch, embeddingsFor: createEmbeddingsFor(deps) });
  const rollouts = createRolloutRunner(deps, queued ?? pool);
  const hub = processStreams();
  registerJobs(deps, rollouts);
  const webhookDeliveries = startWebhookDeliveries(deps, fetch);
  const mlflowPushes = startMlflowPushes(deps, fetch);
  return {
    alignments: createAlignmentsService(deps),
    blind: createBlindService(deps),
    account: createAccountService({ ...deps, database }, auth, mailer),
    auth,
    connections: createConnectionsService(deps, (kind) => (kind === "simulated" ? sandboxFetch : fetch)),
    drafts: createDraftsService(deps),
    evaluations: createEvaluationsService(deps, sets, pool),
    events: createEventStreamService({ ...deps, hub }),
    idempotency: createIdempotencyService(deps),
    imports: createImportService(deps),
    judgeChecks: createJudgeChecksService(deps),
    invitations: createInvitationsService(deps, auth, mailer),
    judgePages: createJudgePagesService(deps),
    judges: createJudgesService(deps),
    keys: createApiKeysService(deps),
    labels: createLabelsService(deps),
    members: createMembersService(deps),
    mlflow: createMlflowService(deps, fetch),
    mlflowPushes,
    mlflowRegistry: createServedRegistry(deps, prompts),
    overview: createOverviewService(deps, projects, sets),
    personalLinks: createPersonalLinksService(deps, auth),
    projects,
    prompts,
    queues: createQueuesService(deps),
    reach: createReachService(deps, mailer !== null),
    records: createRecordsService(deps),
    runs: createRunsService(deps, sets),
    serverAccounts: createServerAccountsService(deps),
    sets,
    ...createGateServices(deps, sets),
    ...createUpkeepServices(deps, purge),
    standards: createStandardsService(deps),
    targets: createTargetsService(deps),
    webhookDeliveries,
    workers: createWorkersService(deps),
    webhooks: createWebhooksService(deps),
  };
}

/** What stands before production, and looks after it. */
function createGateServices(deps: ServiceDeps, sets: ReturnType<typeof createSetsService>) {
  return {
    promptChecks: createPromptChecksService(deps),
    reviews: createReviewsService(deps, createEvidenceService(deps, sets)),
  };
}

/** What keeps a project and its server in order. */
function createUpkeepServices(deps: ServiceDeps, purge: Purge) {
  return {
    purge,
    auditLog: createAuditLogService(deps),
    erasure: createErasureService(deps),
    retention: createRetentionService(deps),
    spend: createSpendService(deps),
    storage: createStorageService(deps, purge),
  };
}

/** What does the long work of the use cases; the outboxes register their own. */
function registerJobs(deps: ServiceDeps, rollouts: ReturnType<typeof createRolloutRunner>): void {
  deps.jobs.register("run", createRunJob(deps, rollouts));
  registerEvidenceJobs(deps, rollouts);
  deps.jobs.register("prompt-check", createPromptCheckJob(deps, rollouts));
  deps.jobs.register("evaluation", createEvaluationJob(deps, rollouts));
  deps.jobs.register("draft", createDraftJob(deps));
  deps.jobs.register("import", createImportJob(deps));
  registerAlignmentJobs(deps);
  registerJudgeCheckJobs(deps);
}
