import { type CheckFailure, checkProposedText } from "../check-proposal";
import type { Report } from "../lanes";
import type { HandEdit } from "../ports";
import type { Candidate } from "../types";
import { type Plan, parentIdsOf } from "./frugal-plan";
import type { FrugalRun } from "./frugal-run";

/** A person's text as a candidate, stored and journaled; checked like a suggested one before a call is spent (SPEC CO3). */
export function draftEdit(
  run: FrugalRun,
  plan: Plan,
  edit: HandEdit,
  report: Report,
): { candidate: Candidate; summary: string; failure: CheckFailure | null } {
  const { proposalId, parent, links } = plan;
  const parentIds = parentIdsOf(plan);
  const { summary } = edit;
  const candidate = candidateOfEdit(run.components, parent.candidate, edit);
  report(() => ({ type: "hand-edit-proposed", proposalId, parentIds, components: links, summary }));
  run.deps.archive.saveProposal({
    id: proposalId,
    parentIds,
    component: links[0] ?? "",
    candidate,
    summary,
    changes: [],
    shownExampleIds: [],
    callKeys: [],
  });
  return { candidate, summary, failure: checkEdit(run, parent.candidate, candidate) };
}

/** The parent's texts with those that the person changed; components that the run does not have are left out. */
export function candidateOfEdit(components: readonly string[], parent: Candidate, edit: HandEdit): Candidate {
  return Object.fromEntries(components.map((name) => [name, edit.components[name] ?? parent[name] ?? ""]));
}

/** The first thing wrong with any changed text; a person copies nothing by accident, so nothing counts as shown. */
export function checkEdit(
  run: Pick<FrugalRun, "components" | "input">,
  parent: Candidate,
  candidate: Candidate,
): CheckFailure | null {
  for (const component of run.components) {
    const [before, after] = [parent[component] ?? "", candidate[component] ?? ""];
    if (before === after) continue;
    if (after.trim() === "") return { reason: "empty", detail: "The text is empty." };
    const failure = checkProposedText({ component, before, after, shown: [] }, run.input.guidance);
    if (failure !== null) return failure;
  }
  return null;
}
