import type { Expectations, Message, RecordInputs } from "@/lib/contracts/records";

/** What a line of an import says; what it does not mention stays as it is in a record that is known already. */
export interface ImportCandidate {
  line: number;
  inputs: RecordInputs;
  expectations: Partial<Omit<Expectations, "v">>;
  tags?: string[];
  critical?: boolean;
  /** Names of parts for which a record has no place. */
  leftOut: string[];
}

export interface BadLine {
  line: number;
  /** Whatever could be read of the question. */
  question: string;
  problem: string;
}

export type ReadLine = { ok: true; candidate: ImportCandidate } | { ok: false; bad: BadLine };

type Json = Record<string, unknown>;

const MAX_TEXT_CHARS = 100_000;
const MAX_EXPECTED_CHARS = 50_000;
const MAX_NOTE_CHARS = 2_000;
const MAX_NOTES = 100;
const MAX_TURNS = 200;
const MAX_TAGS = 30;
const MAX_TAG_CHARS = 60;

/** Parts of a line that are read, and MLflow's bookkeeping, which says nothing about the record. */
const KNOWN_PARTS: ReadonlySet<string> = new Set([
  ...["inputs", "expectations", "tags", "critical", "id", "v"],
  ...["dataset_record_id", "dataset_id", "source", "source_type", "source_id", "source_data"],
  ...["create_time", "created_time", "created_by", "last_update_time", "last_updated_by"],
]);

/** Why a line cannot be used, in words for whoever wrote it. */
class LineProblem extends Error {}

/**
 * Reads one value of an import: `{inputs, expectations?, tags?, critical?}`. Inputs are a conversation (`messages`,
 * or `input` as MLflow writes it), or one text (`question`, `input`, or the inputs themselves), with named `fields`;
 * what else stands in them is a named field too, unless it is the one text that there is: that is the question.
 * `mustNever` may be written `must_never`, `facts` `expected_facts`; tags may be an object of names and values.
 */
export function readImportLine(value: unknown, line: number): ReadLine {
  try {
    const entry = asObject(value, "The line");
    if (!("inputs" in entry)) {
      throw new LineProblem(
        '"inputs" is missing. A line looks like {"inputs": {"question": "…"}, "expectations": {"expected_response": "…"}}.',
      );
    }
    const inputs = readInputs(entry.inputs);
    const { expectations, leftOut } = readExpectations(entry.expectations);
    leftOut.push(...Object.keys(entry).filter((name) => !KNOWN_PARTS.has(name)));
    const tags = entry.tags === undefined || entry.tags === null ? {} : { tags: readTags(entry.tags) };
    const critical =
      entry.critical === undefined || entry.critical === null ? {} : { critical: readFlag(entry.critical) };
    return { ok: true, candidate: { line, inputs, expectations, leftOut, ...tags, ...critical } };
  } catch (error) {
    if (!(error instanceof LineProblem)) throw error;
    return { ok: false, bad: { line, question: guessQuestion(value), problem: error.message } };
  }
}

function readInputs(given: unknown): RecordInputs {
  if (typeof given === "string") return inputsOf([asTurn(given)], {});
  if (Array.isArray(given)) return inputsOf(readMessages(given, "inputs"), {});
  const { v: _version, messages, input, question, fields, ...others } = asObject(given, '"inputs"');
  const named = {
    ...readFields(others),
    ...(fields === undefined || fields === null ? {} : readFields(asObject(fields, '"inputs.fields"'))),
  };
  const sources = Object.entries({ messages, input, question }).filter(
    ([, part]) => part !== undefined && part !== null,
  );
  const [source, ...more] = sources;
  const [only, ...further] = Object.entries(others);
  if (source === undefined && only && further.length === 0 && typeof only[1] === "string")
    return inputsOf([asTurn(only[1])], withoutField(named, only[0]));
  if (source === undefined)
    throw new LineProblem('"inputs" holds no question: "messages", "input" or "question" is missing.');
  if (more.length > 0) {
    throw new LineProblem(
      `"inputs" says the question twice: keep one of ${sources.map(([name]) => `"${name}"`).join(" and ")}.`,
    );
  }
  const [name, part] = source;
  const turns = typeof part === "string" ? [asTurn(part)] : readMessages(part, `inputs.${name}`);
  return inputsOf(turns, named);
}

function withoutField(fields: Record<string, string>, name: string): Record<string, string> {
  const { [name]: _question, ...rest } = fields;
  return rest;
}

function inputsOf(messages: Message[], fields: Record<string, string>): RecordInputs {
  if (messages.length > MAX_TURNS)
    throw new LineProblem(
      `The conversation has ${messages.length} turns; at most ${MAX_TURNS} are possible.`,
    );
  if (!messages.some((message) => message.role === "user" && message.content.trim() !== "")) {
    throw new LineProblem("Nobody asks anything: there is no user turn with words in it.");
  }
  return { v: 1, messages, fields };
}

function asTurn(content: string): Message {
  return { role: "user", content: limited(content, MAX_TEXT_CHARS, "The question") };
}

function readMessages(given: unknown, where: string): Message[] {
  if (!Array.isArray(given)) throw new LineProblem(`"${where}" must be a text or a list of turns.`);
  return given.map((entry, index) => {
    const turn = `Turn ${index + 1}`;
    const { role, content } = asObject(entry, turn);
    if (role !== "user" && role !== "assistant") {
      const hint =
        role === "system" || role === "developer"
          ? " Instructions belong into the prompt, not into a record."
          : "";
      throw new LineProblem(
        `${turn} has the role ${JSON.stringify(role ?? null)}; a record holds "user" and "assistant" turns.${hint}`,
      );
    }
    return { role, content: limited(readContent(content, turn), MAX_TEXT_CHARS, turn) };
  });
}

/** A text, or a list of text parts as chat APIs write it. */
function readContent(content: unknown, turn: string): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) throw new LineProblem(`${turn} has no text in "content".`);
  return content
    .map((part) => {
      const { type, text } = asObject(part, `A part of ${turn.toLowerCase()}`);
      if (typeof text === "string" && (type === undefined || type === "text" || type === "input_text"))
        return text;
      throw new LineProblem(
        `${turn} holds a part of the type ${JSON.stringify(type ?? null)}; a record holds text alone.`,
      );
    })
    .join("\n");
}

function readFields(given: Json): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    if (typeof value === "object")
      throw new LineProblem(
        `The field "${name}" is no text: named fields hold text, numbers or true and false.`,
      );
    fields[name.toWellFormed()] = limited(String(value), MAX_TEXT_CHARS, `The field "${name}"`);
  }
  return fields;
}

function readExpectations(given: unknown): Pick<ImportCandidate, "expectations" | "leftOut"> {
  if (given === undefined || given === null) return { expectations: {}, leftOut: [] };
  if (typeof given === "string")
    return {
      expectations: { expected_response: limited(given, MAX_EXPECTED_CHARS, "What a good answer does") },
      leftOut: [],
    };
  const {
    v: _version,
    expected_response,
    facts,
    expected_facts,
    mustNever,
    must_never,
    ...others
  } = asObject(given, '"expectations"');
  const expectations: ImportCandidate["expectations"] = {};
  if (expected_response !== undefined && expected_response !== null) {
    if (typeof expected_response !== "string")
      throw new LineProblem('"expectations.expected_response" must be a text.');
    expectations.expected_response = limited(
      expected_response,
      MAX_EXPECTED_CHARS,
      "What a good answer does",
    );
  }
  const mentions = facts ?? expected_facts;
  const nevers = mustNever ?? must_never;
  if (mentions !== undefined && mentions !== null)
    expectations.facts = readNotes(mentions, "expectations.facts");
  if (nevers !== undefined && nevers !== null)
    expectations.mustNever = readNotes(nevers, "expectations.mustNever");
  return { expectations, leftOut: Object.keys(others).map((name) => `expectations.${name}`) };
}

function readNotes(given: unknown, where: string): string[] {
  const list = typeof given === "string" ? [given] : given;
  if (!Array.isArray(list)) throw new LineProblem(`"${where}" must be a list of texts.`);
  if (list.length > MAX_NOTES)
    throw new LineProblem(`"${where}" has ${list.length} entries; at most ${MAX_NOTES} are possible.`);
  return list.map((note, index) => {
    if (typeof note !== "string") throw new LineProblem(`Entry ${index + 1} of "${where}" is no text.`);
    return limited(note, MAX_NOTE_CHARS, `Entry ${index + 1} of "${where}"`);
  });
}

function readTags(given: unknown): string[] {
  const list = typeof given === "string" ? given.split("|") : isNamed(given) ? namedTags(given) : given;
  if (!Array.isArray(list) || list.some((tag) => typeof tag !== "string"))
    throw new LineProblem('"tags" must be a list of texts.');
  const tags = [...new Set(list.map((tag: string) => tag.toWellFormed().trim()).filter((tag) => tag !== ""))];
  if (tags.length > MAX_TAGS)
    throw new LineProblem(`There are ${tags.length} tags; at most ${MAX_TAGS} are possible.`);
  const long = tags.find((tag) => tag.length > MAX_TAG_CHARS);
  if (long !== undefined)
    throw new LineProblem(`The tag "${long.slice(0, 20)}…" is longer than ${MAX_TAG_CHARS} characters.`);
  return tags;
}

function isNamed(given: unknown): given is Json {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** MLflow's tags have names and values: "topic: red zone"; a bare yes is the name alone. */
function namedTags(given: Json): string[] {
  return Object.entries(given)
    .filter(([, value]) => value !== false && value !== null && value !== "false")
    .map(([name, value]) =>
      value === true || value === "true" || value === "" ? name : `${name}: ${String(value)}`,
    );
}

function readFlag(given: unknown): boolean {
  if (typeof given === "boolean") return given;
  throw new LineProblem('"critical" must be true or false.');
}

function limited(text: string, maxChars: number, what: string): string {
  if (text.length <= maxChars) return text.toWellFormed();
  throw new LineProblem(
    `${what} has ${text.length.toLocaleString("en")} characters; at most ${maxChars.toLocaleString("en")} are possible.`,
  );
}

function asObject(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  const is = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
  throw new LineProblem(`${what} must be an object in braces; it is ${is}.`);
}

/** So that a bad line can be told from others: the first text in it. */
function guessQuestion(value: unknown, depth = 0): string {
  if (typeof value === "string") return value.trim().replace(/\s+/g, " ").slice(0, 120);
  if (typeof value !== "object" || value === null || depth > 5) return "";
  for (const [key, inside] of Object.entries(value)) {
    if (key === "role") continue;
    const found = guessQuestion(inside, depth + 1);
    if (found !== "") return found;
  }
  return "";
}
