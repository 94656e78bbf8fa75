/** The simulated model that answers questions; a name of its own, since its prompts have no sections to tell it by. */
export const SIM_TASK = "sim-task";

/** Names of the simulated models, by role. */
export const SANDBOX_MODELS = {
  task: SIM_TASK,
  judge: "sim-judge",
  reflection: "sim-reflect",
  embedding: "sim-embed",
} as const;
