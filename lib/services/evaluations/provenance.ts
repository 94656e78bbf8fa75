import "server-only";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { ServiceDeps } from "../service-deps";

/** The line above an answer that says whose question this is, and that it is not live (ux.md, section 1). */
export function provenanceOf(
  { repos }: Pick<ServiceDeps, "repos">,
  record: OptimizationRecord | null,
  simulated: boolean,
): string {
  const end = simulated ? ", simulated" : "";
  switch (record?.source) {
    case "sample":
      return `From the sample · an example${end}`;
    case "import":
      return `Imported by ${firstAuthor(repos, record)} · not live${end}`;
    case "api":
      return `Sent in by ${firstAuthor(repos, record)} · not live${end}`;
    case "answer":
    case "label":
      return `Kept from an earlier answer by ${firstAuthor(repos, record)} · not live${end}`;
    default:
      return record ? `Written by ${firstAuthor(repos, record)} · an example${end}` : `An example${end}`;
  }
}

function firstAuthor(repos: ServiceDeps["repos"], record: OptimizationRecord): string {
  if (record.revision === 1) return record.updatedBy;
  return repos.records.revisions(record.id).at(-1)?.author ?? record.updatedBy;
}
