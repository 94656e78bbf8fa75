import "server-only";
import type { Database } from "../client";
import { GroupCommit } from "../group-commit";
import { AliasesRepo } from "./aliases.repo";
import { AlignmentsRepo } from "./alignments.repo";
import { ApiKeysRepo } from "./api-keys.repo";
import { AuditRepo } from "./audit.repo";
import { CandidatesRepo } from "./candidates.repo";
import { ConnectionsRepo } from "./connections.repo";
import { ErasuresRepo } from "./erasures.repo";
import { EvaluationsRepo } from "./evaluations.repo";
import { EvidenceRepo } from "./evidence.repo";
import { IdempotencyRepo } from "./idempotency.repo";
import { ImportsRepo } from "./imports.repo";
import { InvitationsRepo } from "./invitations.repo";
import { JobsRepo } from "./jobs.repo";
import { JudgeChecksRepo } from "./judge-checks.repo";
import { JudgesRepo } from "./judges.repo";
import { LabelsRepo } from "./labels.repo";
import { MembersRepo } from "./members.repo";
import { MlflowRepo } from "./mlflow.repo";
import { PaidCallsRepo } from "./paid-calls.repo";
import { PersonalLinksRepo } from "./personal-links.repo";
import { PlacesRepo } from "./places.repo";
import { ProjectsRepo } from "./projects.repo";
import { PromptChecksRepo } from "./prompt-checks.repo";
import { PromptsRepo } from "./prompts.repo";
import { PurgeRepo } from "./purge.repo";
import { QueuesRepo } from "./queues.repo";
import { RecordActsRepo } from "./record-acts.repo";
import { RecordsRepo } from "./records.repo";
import { RetentionRepo } from "./retention.repo";
import { ReviewsRepo } from "./reviews.repo";
import { RolloutsRepo } from "./rollouts.repo";
import { RunEventsRepo } from "./run-events.repo";
import { RunsRepo } from "./runs.repo";
import { SealedTextsRepo } from "./sealed-texts.repo";
import { SessionsRepo } from "./sessions.repo";
import { SettlementsRepo } from "./settlements.repo";
import { SnapshotsRepo } from "./snapshots.repo";
import { SpendRepo } from "./spend.repo";
import { StandardChangesRepo } from "./standard-changes.repo";
import { StorageRepo } from "./storage.repo";
import { TargetsRepo } from "./targets.repo";
import { TracesRepo } from "./traces.repo";
import { UsersRepo } from "./users.repo";
import { WebhooksRepo } from "./webhooks.repo";

/**
 * Every repo over one database. All are synchronous and speak domain types; ids and times are handed in. A call
 * made inside `transaction` takes part in it.
 */
export function createRepos(database: Database) {
  const commits = new GroupCommit(database);
  return {
    aliases: new AliasesRepo(database),
    alignments: new AlignmentsRepo(database),
    apiKeys: new ApiKeysRepo(database),
    audit: new AuditRepo(database),
    candidates: new CandidatesRepo(database),
    connections: new ConnectionsRepo(database),
    erasures: new ErasuresRepo(database),
    evaluations: new EvaluationsRepo(database),
    evidence: new EvidenceRepo(database),
    promptChecks: new PromptChecksRepo(database),
    idempotency: new IdempotencyRepo(database),
    imports: new ImportsRepo(database),
    invitations: new InvitationsRepo(database),
    jobs: new JobsRepo(database),
    judgeChecks: new JudgeChecksRepo(database),
    judges: new JudgesRepo(database),
    labels: new LabelsRepo(database),
    members: new MembersRepo(database),
    mlflow: new MlflowRepo(database),
    paidCalls: new PaidCallsRepo(database),
    personalLinks: new PersonalLinksRepo(database),
    places: new PlacesRepo(database),
    projects: new ProjectsRepo(database),
    prompts: new PromptsRepo(database),
    purge: new PurgeRepo(database),
    queues: new QueuesRepo(database),
    recordActs: new RecordActsRepo(database),
    records: new RecordsRepo(database),
    retention: new RetentionRepo(database),
    reviews: new ReviewsRepo(database),
    rollouts: new RolloutsRepo(database),
    runEvents: new RunEventsRepo(database),
    runs: new RunsRepo(database),
    sealedTexts: new SealedTextsRepo(database),
    sessions: new SessionsRepo(database),
    settlements: new SettlementsRepo(database),
    snapshots: new SnapshotsRepo(database),
    spend: new SpendRepo(database),
    standardChanges: new StandardChangesRepo(database),
    storage: new StorageRepo(database),
    targets: new TargetsRepo(database),
    traces: new TracesRepo(database),
    users: new UsersRepo(database),
    webhooks: new WebhooksRepo(database),
    /** One write transaction; nested calls are savepoints; not for async work. */
    transaction: <Result>(work: () => Result): Result => database.transaction(work),
    /** The same, together with what other flows write now: for what happens many times a second. */
    commit: <Result>(work: () => Result): Promise<Result> => commits.run(work),
  };
}

export type Repos = ReturnType<typeof createRepos>;
