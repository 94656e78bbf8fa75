import { z } from "zod";
import { runScript } from "./mlflow-server";
import { type Check, type MlflowWorld, mustEqual } from "./world";

const seenSchema = z.object({
  client: z.string(),
  live: z.object({ version: z.number(), template: z.string(), tags: z.record(z.string(), z.string()) }),
  formatted: z.string(),
  first: z.object({ version: z.number(), template: z.string(), message: z.string().nullable() }),
  latest: z.number(),
  missing: z.null(),
  found: z.array(z.string()),
  versions: z.array(z.number()),
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
});

/** MLflow's own client, pointed at us by its address and token alone. */
export async function checkServed(world: MlflowWorld, check: Check): Promise<void> {
  let seen: z.infer<typeof seenSchema> | null = null;
  await check("MLflow's client loads the promoted text from us", async () => {
    const env = { MLFLOW_TRACKING_URI: world.app.url, MLFLOW_TRACKING_TOKEN: world.key };
    seen = seenSchema.parse(await runScript("read_from_us.py", [world.promptName], env));
    const { versions, aliases } = await world.prompt();
    const live = versions.find(({ version }) => version === aliases[0]?.version);
    mustEqual("the text at production", seen.live.template, live?.text);
    mustEqual("its number", seen.live.version, live?.version);
    mustEqual("its score", seen.live.tags.final_score, live?.tags.final_score);
    return `client ${seen.client}, prompts:/${world.promptName}@production is version ${seen.live.version}:\n${seen.live.template}`;
  });
  await check("by number, as the newest, by search, formatted, and with a missing alias", async () => {
    const { versions } = await world.prompt();
    mustEqual("version 1", seen?.first.template, versions.find(({ version }) => version === 1)?.text);
    mustEqual("the newest", seen?.latest, versions[0]?.version);
    mustEqual(
      "versions",
      seen?.versions,
      versions.map(({ version }) => version),
    );
    mustEqual("found", seen?.found, [world.promptName]);
    const formatted = "Answer like a scout about the Reds. Always name the sample size.";
    mustEqual("formatted", seen?.formatted, formatted);
    return `versions ${seen?.versions.join(", ")}; search finds ${seen?.found.join(", ")}\n${seen?.formatted}`;
  });
  await check("it may not move an alias, and is told why in its own form", async () => {
    mustEqual("the code", seen?.refusal?.code, "PERMISSION_DENIED");
    mustEqual("the alias", (await world.prompt()).aliases[0]?.version, 2);
    return seen?.refusal?.message ?? "";
  });
}
