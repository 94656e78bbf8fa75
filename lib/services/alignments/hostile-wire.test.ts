import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { HOSTILE_TEXTS } from "@/lib/judge/testing/hostile";
import type { FetchLike } from "@/lib/llm";
import { readDataSections } from "@/lib/util/fence";
import { type LabelledAnswer, seedLabelled } from "../testing/labelled-project";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

/** Half a surrogate pair has no UTF-8, so it cannot cross a wire as it is; the suite of lib/judge has it too. */
const HOSTILE = HOSTILE_TEXTS.filter((text) => text.trim() !== "" && text.isWellFormed());
const SECTION = /<data name="[a-z-]+"(?: ref="[^"]*")? boundary="([0-9a-f]{8})">\n[\s\S]*?\n<\/data \1>/g;
const requestSchema = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

/** Every record, answer and reason is hostile; the wire to the endpoint is recorded. */
async function teachOnHostileText() {
  const bodies: string[] = [];
  server = createTestServices({}, { wrapSandboxFetch: (fetch) => recorded(fetch, bodies) });
  const rows = HOSTILE.map(
    (text, index): LabelledAnswer => ({
      question: `${index}: ${text}`,
      expected: text,
      mustMention: [text],
      answer: text,
      value: 1 + (index % 5),
      reason: `It never says how many. ${text}`,
    }),
  );
  const { judgeId, labelIds } = seedLabelled(server, rows);
  const { id } = server.services.alignments.start(server.actor, judgeId);
  await server.idle();
  const requests = bodies.flatMap((body) => {
    const parsed = requestSchema.safeParse(JSON.parse(body));
    return parsed.success ? [parsed.data.messages] : [];
  });
  return { rows, labelIds, requests, alignment: server.services.alignments.get(server.actor, id) };
}

function recorded(fetch: FetchLike, bodies: string[]): FetchLike {
  return async (input, init) => {
    const body = init?.body;
    bodies.push(typeof body === "string" ? body : "null");
    return fetch(input, init);
  };
}

describe("AS2 what goes over the wire when every record, answer and reason is hostile", () => {
  it("is the same prompt around its fences, with each answer whole in its own section and nothing outside", async () => {
    const { rows, labelIds, requests, alignment } = await teachOnHostileText();
    expect(rows.length).toBeGreaterThanOrEqual(60);
    const { usedLabels = 0, checkingLabels = 0, partial } = alignment.report ?? {};
    expect([alignment.state, partial, usedLabels + checkingLabels]).toEqual(["done", false, labelIds.length]);
    const verdicts = requests.filter((messages) => messages[0]?.content.startsWith("You grade answers"));
    for (const messages of requests) {
      const [system, user] = messages;
      expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
      // what people and models wrote stands in fences only: between them there is nothing but blank lines
      expect(user!.content.replace(SECTION, "").trim()).toBe("");
      expect(HOSTILE.filter((text) => text.length > 20 && system!.content.includes(text))).toEqual([]);
    }
    // one system text for each of the two judges, whatever the case holds
    expect(new Set(verdicts.map(([system]) => system!.content)).size).toBe(2);
    const shown = verdicts.flatMap(([, user]) =>
      readDataSections(user!.content).flatMap(({ name, text }) => (name === "outputs" ? [text] : [])),
    );
    expect(shown).toHaveLength(verdicts.length);
    expect(new Set(shown)).toEqual(new Set(rows.map(({ answer }) => answer)));
  });
});
