import { parseArgs } from "node:util";
import { UsageError } from "../../usage-error";

/** Which models are compared on what. */
export interface EndpointOptions {
  /** Options of the headless command that name endpoint and models. */
  models: readonly string[];
  /** Options that name records, prompt, judge and scale; null for the sample. */
  data: readonly string[] | null;
  budgets: readonly number[];
  /** Each arm is run with the seeds 1 to this. */
  repeats: number;
  holdout: string;
}

export const ENDPOINT_USAGE = `npm run bench -- engine --endpoint URL --task-model M --judge-model M --reflection-model M [options]

  --budgets A,B        metric calls (75)
  --repeats N          seeds, each with every arm (3)
  --holdout SHARE      records that no search sees and every result is scored on (0.3)
  --records FILE --prompt FILE --judge FILE --scale SCALE
                       your own data, as npm run optimize takes it; without them a sample of 24 records
The key comes from OPENAI_API_KEY. This spends money at the endpoint: about 3 arms × repeats × budget answers and grades.`;

const MODELS = ["task-model", "judge-model", "reflection-model"] as const;
const DATA = ["records", "prompt", "judge", "scale"] as const;

/** Throws with what is missing. */
export function readEndpointOptions(args: readonly string[]): EndpointOptions {
  const values = parse(args);
  const missing = MODELS.filter((name) => values[name] === undefined);
  if (missing.length > 0)
    throw new UsageError(`--endpoint needs ${missing.map((name) => `--${name}`).join(", ")} too.`);
  const given = DATA.filter((name) => values[name] !== undefined);
  if (given.length > 0 && given.length < DATA.length)
    throw new UsageError(`Your own data needs all of ${DATA.map((name) => `--${name}`).join(", ")}.`);
  const pair = (name: (typeof MODELS | typeof DATA)[number]): string[] => [`--${name}`, values[name] ?? ""];
  return {
    models: ["--base-url", values.endpoint ?? "", ...MODELS.flatMap(pair)],
    data: given.length === 0 ? null : DATA.flatMap(pair),
    budgets: values.budgets.split(",").map((budget) => count("--budgets", budget)),
    repeats: count("--repeats", values.repeats),
    holdout: values.holdout,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        endpoint: { type: "string" },
        "task-model": { type: "string" },
        "judge-model": { type: "string" },
        "reflection-model": { type: "string" },
        records: { type: "string" },
        prompt: { type: "string" },
        judge: { type: "string" },
        scale: { type: "string" },
        budgets: { type: "string", default: "75" },
        repeats: { type: "string", default: "3" },
        holdout: { type: "string", default: "0.3" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${ENDPOINT_USAGE}`);
  }
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${option} wants a whole number, not “${text}”.`);
  return value;
}
