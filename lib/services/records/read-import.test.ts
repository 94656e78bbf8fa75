import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRow, csvRows } from "./parse-csv";
import { readImport } from "./read-import";

/** Short pieces of which files go wrong: quotes that open and close anywhere, every kind of line break, blank rows. */
const piece = fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", "a", "why ", " ", "question", "日");
const table = fc.array(piece, { maxLength: 40 }).map((pieces) => `question,note\n${pieces.join("")}`);
const jsonLine = fc.constantFrom(
  '{"inputs": {"question": "Why?"}}',
  '{"inputs": "Who?", "tags": "a|b"}',
  '{"query": "Who?", "team": 1}',
  '{"query": "Why?", "week": {"n": 4}}',
  '{"inputs": {"question": "no end"',
  "[1]",
  "plain words",
  "",
);
const jsonl = fc
  .array(fc.tuple(jsonLine, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 })
  .map((lines) => lines.flat().join(""));

/** Rows of RFC 4180, one character at a time: slow and plain. */
function slowRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let row: CsvRow = { line, cells: [""], problem: null };
  let quoted = false;
  let atStart = true;
  const end = (): void => {
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
  };
  const add = (part: string): void => {
    row.cells.push(`${row.cells.pop()}${part}`);
    atStart = false;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    const isBreak = char === "\n" || (char === "\r" && text[at + 1] !== "\n");
    if (quoted) {
      if (char !== '"') add(char);
      else if (text[at + 1] === '"') add(text[++at] ?? "");
      else quoted = false;
      if (isBreak) line += 1;
    } else if (char === '"' && atStart) {
      quoted = true;
      atStart = false;
    } else if (char === ",") {
      row.cells.push("");
      atStart = true;
    } else if (isBreak) {
      end();
      line += 1;
      row = { line, cells: [""], problem: null };
      atStart = true;
    } else if (char !== "\r") add(char);
  }
  if (quoted) row.problem = "A cell begins with a quotation mark that nothing closes.";
  end();
  return rows;
}

describe("a file is read in turns", () => {
  it("rows, their lines and their problems are those of a reader that goes by single characters", () => {
    fc.assert(
      fc.property(table, (text) => {
        expect([...csvRows(text, ",")]).toEqual(slowRows(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a table", table],
    ["JSON lines", jsonl],
  ])("%s: with a turn for each item the same lines come out as all at once", async (_, file) => {
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        const format = file === table ? "csv" : "jsonl";
        const whole = await readImport(text, format, null, Number.POSITIVE_INFINITY);
        expect(await readImport(text, format, null, 0)).toEqual(whole);
      }),
    );
  });

  it("others are served between its turns, also inside a long table", async () => {
    const text = `question\n${Array.from({ length: 2_000 }, (_, at) => `"Why\n${at}?"`).join("\n")}`;
    let served = 0;
    let isOver = false;
    const serve = (): void => {
      served += 1;
      if (!isOver) setImmediate(serve);
    };
    setImmediate(serve);
    const { candidates } = await readImport(text, "csv", null, 0);
    isOver = true;
    expect(candidates.map(({ line }) => line)).toEqual(Array.from({ length: 2_000 }, (_, at) => 2 + 2 * at));
    expect(served).toBeGreaterThanOrEqual(2_000);
  });
});
