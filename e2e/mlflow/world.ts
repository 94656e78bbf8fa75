import { z } from "zod";
import { createdApiKeySchema } from "@/lib/contracts/accounts";
import { projectSchema } from "@/lib/contracts/projects";
import { type PromptView, promptSchema } from "@/lib/contracts/prompts";
import { Api } from "../fixtures/api";
import { OWNER } from "../fixtures/people";
import { type RunningServer, removeDataDir, startServer } from "../fixtures/server";
import { type MlflowServer, startMlflowServer } from "./mlflow-server";

export type Check = (name: string, look: () => Promise<string>) => Promise<void>;

/** The built app with the football sample, and MLflow's own server beside it. */
export interface MlflowWorld {
  api: Api;
  app: RunningServer;
  mlflow: MlflowServer;
  /** `/api/v1/projects/…` */
  at: string;
  projectId: string;
  promptName: string;
  judgeName: string;
  /** A key that may read prompts. */
  key: string;
  prompt(name?: string): Promise<PromptView>;
  close(): Promise<void>;
}

export const EXPERIMENT = "scouting";
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

export async function openMlflowWorld(): Promise<MlflowWorld> {
  const [app, mlflow] = await Promise.all([startServer(), startMlflowServer()]);
  const api = new Api(app.url);
  await api.setUp(app.setupLink(), OWNER);
  const { id: projectId } = projectSchema.parse(await api.send("POST", "/api/v1/projects/sample"));
  const at = `/api/v1/projects/${projectId}`;
  const prompts = async () => (await api.get(`${at}/prompts`, listOf(promptSchema))).items;
  const judges = await api.get(`${at}/judges`, listOf(z.looseObject({ name: z.string() })));
  const keyInput = { name: "scouting agent", scopes: ["prompts:read"], expiresAt: null };
  const key = await api.post(`${at}/keys`, keyInput, createdApiKeySchema);
  const promptName = (await prompts())[0]?.name ?? "";
  return {
    api,
    app,
    mlflow,
    at,
    projectId,
    promptName,
    judgeName: judges.items[0]?.name ?? "",
    key: key.secret,
    prompt: async (name = promptName) => {
      const found = (await prompts()).find((one) => one.name === name);
      if (!found) throw new Error(`There is no prompt ${name} here.`);
      return found;
    },
    close: async () => {
      await Promise.allSettled([app.stop(), mlflow.stop()]);
      await removeDataDir(app.dataDir);
    },
  };
}

/** Looks again until what is looked for is there. */
export async function until<Seen>(what: string, look: () => Promise<Seen | null>): Promise<Seen> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > deadline) throw new Error(`Waited 90 s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** @throws with both sides when they differ */
export function mustEqual(what: string, actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} where ${b} was expected`);
}
