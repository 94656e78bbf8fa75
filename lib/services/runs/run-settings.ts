import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { RunSnapshot } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { dollars } from "./preflight-words";

const ROLE_NAMES: Readonly<Record<string, string>> = {
  task: "Assistant's model",
  judge: "Judge's model",
  reflection: "Model that suggests edits",
  embedding: "Model for likeness",
};

/** Everything that a run was launched with, named for people. */
export function runSettingsOf(
  repos: ServiceDeps["repos"],
  { manifest, promptName, promptVersion }: Run,
): RunSnapshot["settings"] {
  const {
    judges,
    models,
    trainset,
    valset,
    maxMetricCalls,
    maxUsd,
    maxMinutes,
    strategy,
    lanes,
    concurrency,
    seed,
  } = manifest;
  return [
    { name: "Starting prompt", value: `${promptName} v${promptVersion}` },
    ...judges.map((judge) => ({ name: "Judge", value: judgeWords(repos, judge, judges.length) })),
    ...Object.entries(models).flatMap(([role, model]) =>
      model ? [{ name: ROLE_NAMES[role] ?? role, value: modelWords(repos, model) }] : [],
    ),
    { name: "Records learned from", value: String(trainset.length) },
    { name: "Records compared on", value: String(valset.length) },
    { name: "Scored answers, at most", value: String(maxMetricCalls) },
    { name: "Money, at most", value: maxUsd === null ? "no cap" : dollars(maxUsd) },
    { name: "Minutes, at most", value: maxMinutes === null ? "no cap" : String(maxMinutes) },
    { name: "Strategy", value: strategy },
    { name: "Suggested edits at once", value: String(lanes) },
    ...(strategy === "frugal"
      ? [{ name: "Records shown to a reflection", value: String(manifest.reflectionExamples) }]
      : []),
    { name: "Answers at once", value: String(concurrency) },
    { name: "Seed of chance", value: String(seed) },
    ...(manifest.reason === "" ? [] : [{ name: "Reason given at launch", value: manifest.reason }]),
    { name: "Frozen records", value: manifest.snapshotId },
    { name: "Engine version", value: manifest.engineVersion },
  ];
}

function judgeWords(
  repos: ServiceDeps["repos"],
  judge: Run["manifest"]["judges"][number],
  count: number,
): string {
  const version = repos.judges.versionById(judge.judgeVersionId);
  const name = version ? (repos.judges.byId(version.judgeId)?.name ?? "") : judge.judgeVersionId;
  const weight = count === 1 ? "" : `, weight ${Math.round(judge.weight * 100)} %`;
  const floor = judge.floor === null ? "" : `, at least ${Math.round(judge.floor * 100)} of 100`;
  return `${name} v${version?.version ?? "?"}${weight}${floor}`;
}

function modelWords(
  repos: ServiceDeps["repos"],
  model: NonNullable<Run["manifest"]["models"][string]>,
): string {
  const connection = repos.connections.byId(model.connectionId)?.name ?? model.connectionId;
  const settings = Object.entries(model.settings).map(([name, value]) => `${name} ${String(value)}`);
  return [`${model.model} on ${connection}`, ...settings].join(", ");
}
