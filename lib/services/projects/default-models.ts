import type { ProjectModels } from "@/lib/contracts/projects";
import { SIMULATED_CONNECTION_ID } from "../connections/own-connections";

/** Simulated models in every role: what a project starts with, so that everything works without a key. */
export const SIMULATED_MODELS: ProjectModels = {
  v: 1,
  task: { connectionId: SIMULATED_CONNECTION_ID, model: "sim-task", settings: {} },
  judge: { connectionId: SIMULATED_CONNECTION_ID, model: "sim-judge", settings: { temperature: 0 } },
  reflection: { connectionId: SIMULATED_CONNECTION_ID, model: "sim-reflect", settings: {} },
  embedding: { connectionId: SIMULATED_CONNECTION_ID, model: "sim-embed", settings: {} },
};
