// A peer without Python: one batch of rollouts, one reflection, and the result; asked for seed 13 it fails.
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const receive = async () => JSON.parse((await lines.next()).value);

for (;;) {
  const { done, value } = await lines.next();
  if (done) break;
  const { seedCandidate, trainset, seed } = JSON.parse(value);
  if (seed === 13) {
    send({ op: "failed", message: "ValueError: unlucky" });
    continue;
  }
  send({ op: "evaluate", jobs: trainset.map(({ id }) => ({ candidate: seedCandidate, exampleId: id })) });
  const { rollouts } = await receive();
  const feedback = rollouts.map(
    (rollout, index) => `# Example ${index + 1}\n## Feedback\n${rollout.feedback}\n`,
  );
  send({
    op: "reflect",
    prompt: `Text:\n\`\`\`\n${seedCandidate.system}\n\`\`\`\nExamples:\n\`\`\`\n${feedback.join("\n")}\n\`\`\``,
  });
  const { text } = await receive();
  const child = { system: text.replaceAll(/^```.*$/gm, "").trim() };
  send({ op: "done", candidates: [seedCandidate, child], best: 1, metricCalls: rollouts.length });
}
