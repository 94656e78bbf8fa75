import { runEngineBench } from "./engine/run";
import { runGateBench } from "./gate/run";

/** `npm run bench -- NAME …`: one benchmark by its name. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  engine: runEngineBench,
  gate: runGateBench,
};

const [name = "", ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join(" | ")} [options]`);
  process.exitCode = 2;
} else await bench(args);
