import { createContainer } from "@/lib/services/container";
import { readEnv } from "@/lib/services/env";

export interface SeedPlan {
  projectId: string;
  records: number;
  /** Spread evenly over the records. */
  traces: number;
  /** Answers to practice records that wait in one queue. */
  queueSize: number;
}

const WORDS =
  "down tendency blitz guard motion tackle screen punt coverage formation backfield safety trips nickel snap counter draw slant route pressure pocket huddle tempo cadence leverage zone gap bunch rotation shell".split(
    " ",
  );
const TAGS = ["red zone", "blitz", "kicking", "injuries", "third down", "two minutes"];

/** Four million words: chance by a plain linear congruence, for that of the engine hashes each draw. */
function createPicker(seed: number): <Item>(list: readonly Item[]) => Item {
  let state = seed;
  return (list) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 0x1_0000_0000) * list.length)]!;
  };
}

/** Fills a stopped server's data with a project of the size that the promises of product.md speak of. @returns the queue's id */
export async function seedProject(dataDir: string, plan: SeedPlan): Promise<string> {
  const env = readEnv({
    TOUCHSTONE_DATA_DIR: dataDir,
    TOUCHSTONE_LOG_LEVEL: "silent",
    TOUCHSTONE_SANDBOX_DELAY_MS: "0",
  });
  const container = createContainer({ env });
  const { repos, newId } = container.deps;
  const pick = createPicker(1);
  const text = (length: number): string => Array.from({ length }, () => pick(WORDS)).join(" ");
  const at = Date.now() - plan.records;
  const ids = Array.from({ length: plan.records }, () => newId("rec"));
  for (let start = 0; start < ids.length; start += 500) {
    repos.records.insertMany(
      ids.slice(start, start + 500).map((id, index) => ({
        id,
        projectId: plan.projectId,
        inputs: {
          v: 1,
          messages: [{ role: "user", content: `${text(9)} number ${start + index}?` }],
          fields: {},
        },
        expectations: {
          v: 1,
          expected_response: `names ${text(5)}`,
          facts: [text(2), text(2)],
          mustNever: [text(2)],
        },
        tags: [pick(TAGS)],
        critical: false,
        source: "import",
        actorId: "system:bench",
        at: at + start + index,
      })),
    );
  }
  repos.records.assignSets(
    ids.map((recordId, index) => ({ recordId, set: index % 10 < 3 ? "sealed" : "practice" })),
  );
  const traceIds = seedTraces(container, plan, ids, text);
  const judge = repos.judges.list(plan.projectId).find(({ kind }) => kind === "model");
  if (!judge) throw new Error("The sample has no judge.");
  const queue = container.services.queues.create({ kind: "system", name: "bench" }, plan.projectId, {
    judgeId: judge.id,
    size: plan.queueSize,
    expertsPerItem: 2,
    traceIds: traceIds.slice(0, plan.queueSize),
  });
  await container.close();
  return queue.id;
}

function seedTraces(
  { deps: { repos, newId } }: ReturnType<typeof createContainer>,
  { projectId, records, traces }: SeedPlan,
  ids: readonly string[],
  text: (length: number) => string,
): string[] {
  const practice: string[] = [];
  const judge = repos.judges.list(projectId).find(({ kind }) => kind === "model");
  const judgeVersionId = judge ? repos.judges.inUse(judge.id)?.id : undefined;
  const start = Date.now() - traces;
  for (let from = 0; from < traces; from += 2_000) {
    const batch = Array.from({ length: Math.min(2_000, traces - from) }, (_, index) => from + index).map(
      (at) => ({
        id: newId("trc"),
        projectId,
        recordId: ids[at % records]!,
        recordRevision: 1,
        evaluationId: null,
        promptVersionId: null,
        targetVersionId: null,
        state: "OK" as const,
        question: text(9),
        output: `${text(40)}.`,
        cause: null,
        steps: [],
        provenance: "Written by the bench · an example",
        outputKey: null,
        simulated: true,
        latencyMs: 1_000,
        costUsd: null,
        createdAt: start + at,
      }),
    );
    repos.traces.insertMany(batch);
    for (const [index, { id }] of batch.entries()) {
      const at = from + index;
      if ((at % records) % 10 >= 3 && practice.length < 2_000 && at < records) practice.push(id);
      // the newest answer of each record carries a grade
      if (judgeVersionId === undefined || at < traces - records) continue;
      const graded = {
        status: "graded" as const,
        value: 1 + (at % 5),
        rationale: text(8),
        normalised: (at % 5) / 4,
      };
      repos.traces.addVerdict({
        ...graded,
        traceId: id,
        judgeVersionId,
        sample: 0,
        rawReply: null,
        createdAt: start + at,
      });
    }
  }
  return practice;
}

/** A table of `rows` records of which `bad` cannot be used, spread over the file. */
export function csvOf(rows: number, bad: number): string {
  const pick = createPicker(2);
  const text = (length: number): string => Array.from({ length }, () => pick(WORDS)).join(" ");
  const every = Math.floor(rows / bad);
  const lines = Array.from({ length: rows }, (_, at) => {
    const isBad = at % every === every - 1 && Math.floor(at / every) < bad;
    if (isBad) return at % (2 * every) < every ? `,${text(5)},,,${TAGS[at % 6]}` : `${text(8)},a,b,c,d,e,f,g`;
    return `"${text(8)}, import ${at}?",names ${text(5)},${text(2)} | ${text(2)},${text(2)},${TAGS[at % 6]}`;
  });
  return `question,expected_response,facts,must_never,tags\n${lines.join("\n")}\n`;
}
