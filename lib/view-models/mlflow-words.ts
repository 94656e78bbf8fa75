import type {
  MlflowCounts,
  MlflowImportView,
  MlflowPage,
  MlflowPushView,
  MlflowService,
} from "@/lib/contracts/mlflow";

/** What each service of an MLflow server is, on the page. */
export const serviceName: Readonly<Record<MlflowService, string>> = {
  prompts: "Prompt registry",
  runs: "Runs",
  artifacts: "Artifacts",
  datasets: "Evaluation datasets",
  traces: "Traces and assessments",
  judges: "Judges",
};

const kindName: Readonly<Record<keyof MlflowCounts, string>> = {
  versions: "Prompt versions",
  aliases: "Aliases",
  records: "Records",
  traces: "Answers",
  labels: "Labels",
};

/** One row of the table of an import. */
export interface ImportRow {
  kind: string;
  fresh: number;
  changed: number;
  same: number;
  leftOut: number;
}

export function prepareImportRows(counts: MlflowCounts): ImportRow[] {
  return (Object.keys(kindName) as (keyof MlflowCounts)[]).map((kind) => ({
    kind: kindName[kind],
    ...counts[kind],
  }));
}

/** How much an import would write. */
export function countWrites(counts: MlflowCounts): number {
  return Object.values(counts).reduce((sum, { fresh, changed }) => sum + fresh + changed, 0);
}

/** The page in one sentence. */
export function mlflowSentence({ link, pushes }: MlflowPage): string {
  if (!link)
    return "No MLflow server is connected. Agents can read prompts from here with MLflow's own client all the same.";
  const host = URL.canParse(link.url) ? new URL(link.url).host : link.url;
  const held = pushes.filter(({ state }) => state === "held").length;
  if (held > 0) return `${host}: an alias was moved outside Touchstone. Somebody has to say what holds.`;
  if (pushes[0]?.state === "given-up") return `${host}: the last promotion could not be written there.`;
  if (!link.writesOnPromote) return `${host} is a source: promotions here are not written there.`;
  const [last] = pushes;
  if (last?.state === "written")
    return `${host}: ${last.prompt}@${last.alias} was written there and read back.`;
  return `${host}: each promotion here is written there and read back.`;
}

/** What an import is doing, while it is. */
export function importProgress({ state, stage }: MlflowImportView): string {
  const what = stage === "" ? "" : `: ${stage}`;
  return state === "writing" ? `Taking it over${what} …` : `Reading the server${what} …`;
}

/** One entry of the outbox in a line. */
export function pushLine({ prompt, alias, version, kind }: MlflowPushView): string {
  const how = { initial: "first set", promotion: "promoted", rollback: "rolled back" }[kind];
  return `${prompt}@${alias} to v${version}, ${how}`;
}

/** Marks and words of the states of an entry. */
export const pushState: Readonly<
  Record<MlflowPushView["state"], { mark: "open" | "warning" | "done" | "failed"; word: string }>
> = {
  waiting: { mark: "open", word: "waits" },
  held: { mark: "warning", word: "held" },
  written: { mark: "done", word: "written" },
  "given-up": { mark: "failed", word: "given up" },
};
