import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { RunComparison } from "@/lib/contracts/run-comparison";
import { stableStringify } from "@/lib/util/hash";
import type { ServiceDeps } from "../service-deps";
import { runRowOf } from "./run-rows";
import { runSettingsOf } from "./run-settings";
import { questionOf } from "./run-snapshot";

/** Two runs side by side. Records are compared only where both were graded by the same judges. */
export function compareRuns({ repos }: Pick<ServiceDeps, "repos">, left: Run, right: Run): RunComparison {
  if (left.projectId !== right.projectId)
    throw new AppError(
      "invalid-input",
      "Runs of two projects have different records; they cannot be compared.",
    );
  const isComparable = stableStringify(left.manifest.judges) === stableStringify(right.manifest.judges);
  return {
    runs: [runRowOf(repos, left), runRowOf(repos, right)],
    settings: settingsOf(repos, left, right),
    isComparable,
    records: isComparable ? recordsOf(repos, left, right) : [],
    texts: { left: textOf(repos, left), right: textOf(repos, right) },
  };
}

function settingsOf(repos: ServiceDeps["repos"], left: Run, right: Run): RunComparison["settings"] {
  const linesOf = (run: Run): Map<string, string> => {
    const lines = new Map<string, string>();
    for (const { name, value } of runSettingsOf(repos, run))
      lines.set(name, [lines.get(name), value].filter((part) => part !== undefined).join("; "));
    return lines;
  };
  const [a, b] = [linesOf(left), linesOf(right)];
  return [...new Set([...a.keys(), ...b.keys()])].map((name) => {
    const [own, other] = [a.get(name) ?? "–", b.get(name) ?? "–"];
    return { name, left: own, right: other, isDifferent: own !== other };
  });
}

function recordsOf(repos: ServiceDeps["repos"], left: Run, right: Run): RunComparison["records"] {
  const [a, b] = [scoresOf(repos, left), scoresOf(repos, right)];
  const shared = [...a.keys()].filter((id) => b.has(id));
  const questions = new Map(
    repos.records.byIds(shared).map(({ id, inputs }) => [id, questionOf(inputs.messages)] as const),
  );
  return shared
    .map((recordId) => ({
      recordId,
      question: questions.get(recordId) ?? "",
      left: a.get(recordId) ?? 0,
      right: b.get(recordId) ?? 0,
    }))
    .sort((x, y) => Math.abs(y.right - y.left) - Math.abs(x.right - x.left));
}

function scoresOf(repos: ServiceDeps["repos"], run: Run): Map<string, number> {
  const owner = { kind: "run", id: run.id } as const;
  const rollouts = repos.rollouts.listByCandidate(owner, run.recommendedCandidateId ?? "c0");
  return new Map(
    rollouts.flatMap(({ recordId, score }) => (score === null ? [] : [[recordId, score] as const])),
  );
}

function textOf(repos: ServiceDeps["repos"], run: Run): Record<string, string> {
  return repos.candidates.byId(run.id, run.recommendedCandidateId ?? "c0")?.components ?? {};
}
