import {
  type MlflowImportView,
  mlflowCheckSchema,
  mlflowImportSchema,
  mlflowLinkSchema,
} from "@/lib/contracts/mlflow";
import { runScript } from "./mlflow-server";
import { type Check, EXPERIMENT, type MlflowWorld, mustEqual, until } from "./world";

/** What a team has in MLflow comes in, once. */
export async function checkImport(world: MlflowWorld, check: Check): Promise<void> {
  const { api, at, mlflow } = world;
  await check("the project is connected, and every service is found", async () => {
    await runScript("fill_server.py", [world.judgeName, EXPERIMENT], { MLFLOW_TRACKING_URI: mlflow.url });
    const link = { url: mlflow.url, experiment: EXPERIMENT, writesOnPromote: true };
    mlflowLinkSchema.parse(await api.send("PUT", `${at}/mlflow`, { body: link }));
    const { link: checked } = await api.post(`${at}/mlflow/check`, undefined, mlflowCheckSchema);
    const parts = checked.services?.parts ?? [];
    mustEqual(
      "services that are missing",
      parts.filter(({ isThere }) => !isThere),
      [],
    );
    return `MLflow ${checked.services?.version}: ${parts.map(({ service }) => service).join(", ")}`;
  });
  await check("an import shows first what it would do, then does that", async () => {
    const read = await readServer(world);
    mustEqual("prompts before the word is given", await hasPrompt(world, "scout"), false);
    const done = await confirm(world, read);
    mustEqual("what was done", done.result?.counts, read.preview?.counts);
    const { versions, aliases, records, traces, labels } = done.result?.counts ?? ({} as never);
    mustEqual(
      "counts",
      [versions.fresh, aliases.fresh, records.fresh, traces.fresh, labels.fresh],
      [2, 1, 5, 2, 2],
    );
    return `${wordsOf(done)}\n${(done.result?.notices ?? []).join("\n")}`;
  });
  await check("what came in is what was there", async () => {
    const scout = await world.prompt("scout");
    const text = "Answer like a scout about {{ team }}. Always name the sample size.";
    mustEqual("the newest text", scout.versions[0]?.text, text);
    mustEqual(
      "the alias",
      scout.aliases.map(({ alias, version }) => [alias, version]),
      [["production", 2]],
    );
    return `scout@production is v2: ${text}`;
  });
  await check("a second pass of import changes nothing", async () => {
    const before = await state(world);
    const done = await confirm(world, await readServer(world));
    const counts = Object.values(done.result?.counts ?? {});
    mustEqual(
      "new and changed",
      counts.map(({ fresh, changed }) => fresh + changed),
      [0, 0, 0, 0, 0],
    );
    mustEqual("what is here", await state(world), before);
    return wordsOf(done);
  });
}

async function hasPrompt(world: MlflowWorld, name: string): Promise<boolean> {
  return world.prompt(name).then(
    () => true,
    () => false,
  );
}

/** Everything that an import could have touched. */
async function state({ api, at }: MlflowWorld): Promise<unknown> {
  const lists = ["prompts", "records?limit=200", "traces?limit=200", "labels?limit=200"];
  return Promise.all(lists.map((list) => api.send("GET", `${at}/${list}`)));
}

async function readServer({ api, at }: MlflowWorld): Promise<MlflowImportView> {
  const { id } = await api.post(`${at}/mlflow/imports`, undefined, mlflowImportSchema);
  return until("the server to be read", () => ended(api, `${at}/mlflow/imports/${id}`, ["read", "failed"]));
}

async function confirm(
  { api, at }: MlflowWorld,
  { id, problem }: MlflowImportView,
): Promise<MlflowImportView> {
  if (problem !== null) throw new Error(problem);
  await api.send("POST", `${at}/mlflow/imports/${id}/confirm`);
  return until("the import", () => ended(api, `${at}/mlflow/imports/${id}`, ["done", "failed"]));
}

async function ended(
  api: MlflowWorld["api"],
  path: string,
  states: readonly MlflowImportView["state"][],
): Promise<MlflowImportView | null> {
  const seen = await api.get(path, mlflowImportSchema);
  return states.includes(seen.state) ? seen : null;
}

function wordsOf({ result }: MlflowImportView): string {
  return Object.entries(result?.counts ?? {})
    .map(
      ([kind, { fresh, changed, same, leftOut }]) =>
        `${kind}: ${fresh} new, ${changed} changed, ${same} the same, ${leftOut} left out`,
    )
    .join("\n");
}
