import { type StartRunInput, startRunInput } from "@/lib/contracts/runs";
import { SIMULATED_CONNECTION_ID } from "@/lib/services/connections/own-connections";
import { clinicFixture } from "@/lib/services/sample/clinic-fixture";
import { footballSample } from "@/lib/services/sample/football-sample";
import { createTestServices, type TestServices } from "@/lib/services/testing/test-services";
import type { Range } from "@/lib/stats/forecast-plan";

export interface ForecastWorld {
  project: string;
  strategy: StartRunInput["strategy"];
  maxMetricCalls: number;
  usd: { foretold: Range; actual: number };
  proposals: { foretold: Range; actual: number };
}

/** Prices of a small model, a small judge and a large reflection model. */
const PRICES = {
  "sim-task": { inputPerMillion: 0.4, outputPerMillion: 1.6 },
  "sim-judge": { inputPerMillion: 0.4, outputPerMillion: 1.6 },
  "sim-reflect": { inputPerMillion: 3, outputPerMillion: 15 },
};
/** A first run, which the forecast of the second is measured from. */
const FIRST_BUDGET = 24;

/** One project in a world of luck of its own: a small run to measure calls by, then the forecast, then the run itself. */
export async function measureWorld(options: {
  index: number;
  maxMetricCalls: number;
  strategy: StartRunInput["strategy"];
}): Promise<ForecastWorld> {
  const { index, maxMetricCalls, strategy } = options;
  const isFootball = index % 2 === 0;
  const server = createTestServices({}, { sandboxSeed: `forecast-${index}` });
  try {
    const { repos, now } = server.deps;
    repos.connections.update(SIMULATED_CONNECTION_ID, { prices: PRICES }, now());
    const seeded = server.seed(isFootball ? footballSample : clinicFixture);
    const inputOf = (changes: Partial<StartRunInput>): StartRunInput =>
      startRunInput.parse({
        promptVersionId: seeded.version?.id,
        judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }],
        ...changes,
      });
    await finishRun(server, seeded.project.id, inputOf({ maxMetricCalls: FIRST_BUDGET, seed: 1 }));
    const input = inputOf({ maxMetricCalls, strategy, seed: index + 2 });
    const { forecast } = server.services.runs.preflight(server.actor, seeded.project.id, input);
    if (!forecast.usd) throw new Error("nothing was foretold of the money");
    const run = await finishRun(server, seeded.project.id, input);
    const edits = run.view.candidates.filter(({ status }) => status !== "seed").length;
    return {
      project: isFootball ? "football" : "clinic",
      strategy,
      maxMetricCalls,
      usd: { foretold: forecast.usd, actual: run.view.spentUsd ?? 0 },
      proposals: { foretold: forecast.proposals, actual: edits },
    };
  } finally {
    await server.close();
  }
}

async function finishRun(server: TestServices, projectId: string, input: StartRunInput) {
  const { id } = server.services.runs.start(server.actor, projectId, input);
  await server.idle();
  const run = server.services.runs.get(server.actor, id);
  if (run.state !== "done") throw new Error(`the run did not end well: ${run.cause}`);
  return run;
}
