import { z } from "zod";

/** Every act that is written down, in the words after a person's name: "Ray wrote a record". */
export const AUDIT_WORDS = {
  "record-written": "wrote a record",
  "record-edited": "edited a record",
  "record-archived": "archived a record",
  "record-unarchived": "brought a record back",
  "record-changed-by-import": "changed a record by an import",
  "records-imported": "imported records",
  "records-changed": "changed many records at once",
  "records-change-undone": "took a change of many records back",
  "expectation-drafted": "asked for a draft of what a good answer does",
  "sets-given": "gave records their sets",
  "round-started": "started a round of answers",
  "round-pause": "paused a round of answers",
  "round-resume": "resumed a round of answers",
  "round-cancel": "cancelled a round of answers",
  "traces-sent": "sent answers",
  "queue-made": "made a queue",
  "queue-changed": "changed a queue",
  "label-committed": "labelled an answer",
  "label-amended": "corrected a label",
  "label-withdrawn": "took a label back",
  "label-skipped": "skipped an answer",
  "disagreement-noted": "wrote on a disagreement",
  "disagreement-settled": "settled a disagreement",
  "disagreement-reopened": "reopened a disagreement",
  "difference-settled": "said who was wrong, judge or label",
  "judge-created": "made a judge",
  "judge-edited": "edited a judge",
  "judge-draft-discarded": "discarded a draft of a judge",
  "judge-used": "put a judge to use",
  "judge-kept": "kept the judge as it was",
  "judge-try": "tried a change of a judge",
  "judge-noise": "measured how steady a judge is",
  "judge-compare": "compared two versions of a judge",
  "standard-changed": "said that the standard changed",
  "standard-change-undone": "took a change of the standard back",
  "teaching-started": "started to teach the judge",
  "teaching-pause": "paused a teaching",
  "teaching-resume": "resumed a teaching",
  "teaching-cancel": "cancelled a teaching",
  "teaching-retry": "tried a teaching again",
  "run-started": "started a run",
  "run-pause": "paused a run",
  "run-resume": "resumed a run",
  "run-stop": "stopped a run and took the best",
  "run-cancel": "cancelled a run",
  "run-steered": "steered a run",
  "review-opened": "opened a review",
  "review-edited": "edited the words under review",
  "review-commented": "commented on a review",
  "review-asked": "asked a question on a review",
  "review-declined": "declined a review",
  "review-approved": "approved a review",
  "evidence-bought": "scored the sealed records",
  "production-checked": "checked what is in production again",
  "evidence-pause": "paused a look at the sealed records",
  "evidence-resume": "resumed a look at the sealed records",
  "evidence-cancel": "cancelled a look at the sealed records",
  "loss-accepted": "accepted a loss",
  "failure-lifted": "lifted a failure of a record that must never fail",
  "blind-comparison-asked": "asked for a blind comparison",
  "prompt-created": "made a prompt",
  "prompt-version-written": "wrote a version of a prompt",
  "prompt-promoted": "promoted a prompt",
  "prompt-rolled-back": "rolled a prompt back",
  "agent-saved": "saved the agent",
  "target-chosen": "chose who answers",
  "webhook-created": "added a webhook",
  "webhook-removed": "removed a webhook",
  "webhook-redelivered": "sent a webhook's message again",
  "mlflow-connected": "connected the project with MLflow",
  "mlflow-changed": "changed the connection with MLflow",
  "mlflow-disconnected": "cut the connection with MLflow",
  "mlflow-imported": "imported from MLflow",
  "mlflow-alias-forced": "wrote over what somebody else had set in MLflow",
  "prompt-imported": "imported a prompt from MLflow",
  "connection-created": "made a connection",
  "connection-changed": "changed a connection",
  "api-key-created": "made an API key",
  "api-key-revoked": "revoked an API key",
  "project-created": "started the project",
  "project-changed": "changed the project's settings",
  "project-duplicated": "duplicated the project",
  "project-deleted": "deleted a project",
  "project-purged": "removed the last row of a deleted project",
  "retention-applied": "let go of old text",
  "text-erased": "erased text",
  "role-changed": "changed somebody's role",
  "member-removed": "removed a member",
  "person-invited": "invited somebody",
  "invitation-revoked": "revoked an invitation",
  "invitation-accepted": "accepted an invitation",
  "personal-link-made": "made a personal link",
  "personal-link-opened": "opened a personal link",
  "personal-link-revoked": "revoked a personal link",
  "person-added-by-link": "added a person by a link",
  "server-set-up": "set the server up",
  "account-created": "made an account",
  "account-changed": "changed an account",
  "person-renamed": "changed their name",
  "password-changed": "changed their password",
  "password-set": "set a password",
  "reset-link-made": "made a link for a new password",
  "session-ended": "ended a session",
  "sessions-ended": "ended their other sessions",
  "reach-changed": "changed where the server is reachable",
  "file-compacted": "wrote the database file anew",
  "database-restored": "restored a backup",
  "key-changed": "changed the key that seals secrets",
} as const;
export type AuditAction = keyof typeof AUDIT_WORDS;

/** The words of an act; acts of an older version are told by their code. */
export function auditWords(action: string): string {
  return action in AUDIT_WORDS ? AUDIT_WORDS[action as AuditAction] : action;
}

export const auditEntrySchema = z.object({
  id: z.string(),
  /** Null = the server as a whole. */
  projectId: z.string().nullable(),
  /** Null where it is the server's, or the project is gone. */
  projectName: z.string().nullable(),
  actorId: z.string(),
  /** As it was then. */
  actorName: z.string(),
  /** Code of the act. */
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  details: z.unknown(),
  at: z.number(),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

/** Which entries. Days are whole days in UTC, both included. */
export const auditFilterSchema = z.object({
  /** Part of the name of whoever did it. */
  who: z.string().trim().max(120).optional(),
  action: z.string().trim().max(80).optional(),
  subject: z.string().trim().max(120).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** In the log of the server: one project only. */
  projectId: z.string().max(100).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = auditFilterSchema.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
  /** Of all pages. */
  total: z.number().int(),
  /** Codes of acts that there are, for the filter. */
  actions: z.array(z.string()),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditExportQuery = auditFilterSchema.extend({ format: z.enum(["csv", "jsonl"]) });
export type AuditExportQuery = z.infer<typeof auditExportQuery>;
