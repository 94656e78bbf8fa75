import "server-only";
import type { Actor } from "@/lib/contracts/permissions";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/** Every record that is not archived as JSONL, oldest first; imported again, nothing changes. */
export function exportRecords({ repos }: ServiceDeps, actor: Actor, projectId: string): string {
  authorize(actor, "project:read", projectId);
  return repos.records
    .live(projectId)
    .map((record) => `${JSON.stringify(toLine(record))}\n`)
    .join("");
}

function toLine({ inputs, expectations, tags, critical }: OptimizationRecord) {
  const { messages, fields } = inputs;
  const { expected_response, facts, mustNever } = expectations;
  return {
    inputs: Object.keys(fields).length > 0 ? { messages, fields } : { messages },
    expectations: { expected_response, facts, mustNever },
    tags,
    critical,
  };
}
