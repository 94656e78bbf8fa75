import { readFences } from "./fences";
import type { RefusalReason } from "./types";

/** A change as the model reported it, with the short refs of its prompt. */
export interface ReportedChange {
  sentence: string;
  exampleRefs: readonly string[];
  guidelineRefs: readonly string[];
}

export type ParsedReply =
  | { status: "parsed"; text: string; summary: string | null; changes: readonly ReportedChange[] }
  | { status: "unusable"; reason: RefusalReason; detail: string };

/**
 * Reads a reflection reply (SPEC PR1 to PR5): the new text in a fence tagged `component` (or in the only untagged one),
 * and, when it is there and readable, the report of changes. A missing report is no reason to refuse.
 */
export function parseReply(reply: string, isTruncated: boolean): ParsedReply {
  if (reply.trim() === "") return unusable("no-answer", "The reply was empty.");
  const blocks = readFences(reply);
  const block = blocks.find(({ tag }) => tag === "component") ?? blocks.find(({ tag }) => tag !== "changes");
  if (block === undefined) {
    if (isTruncated) return unusable("truncated", "The reply ended before the new text began.");
    return unusable("no-fence", "The reply held no fenced block with the new text.");
  }
  if (!block.isClosed)
    return unusable("truncated", "The fenced block was never closed, so the text may be cut off.");
  if (block.hasInnerFence)
    return unusable(
      "truncated",
      "The text holds a fence as long as the one around it, so its end is unclear.",
    );
  if (block.text.trim() === "") return unusable("empty", "The fenced block was empty.");
  const report = readReport(
    blocks.find((other) => other !== block && ["changes", "json"].includes(other.tag))?.text,
  );
  return { status: "parsed", text: trimBlankLines(block.text), ...report };
}

function unusable(reason: RefusalReason, detail: string): ParsedReply {
  return { status: "unusable", reason, detail };
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}

/** SPEC PR5: what cannot be read counts as not reported. */
function readReport(json: string | undefined): { summary: string | null; changes: ReportedChange[] } {
  const report = parseObject(json);
  const summary = typeof report?.summary === "string" ? oneLine(report.summary) : "";
  const changes = Array.isArray(report?.changes) ? report.changes.flatMap(readChange) : [];
  return { summary: summary === "" ? null : summary, changes };
}

function readChange(value: unknown): ReportedChange[] {
  if (
    typeof value !== "object" ||
    value === null ||
    !("sentence" in value) ||
    typeof value.sentence !== "string"
  )
    return [];
  const refs = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((ref) => typeof ref === "string") : [];
  const { exampleIds, guidelineIds } = value as { exampleIds?: unknown; guidelineIds?: unknown };
  return [
    { sentence: value.sentence.trim(), exampleRefs: refs(exampleIds), guidelineRefs: refs(guidelineIds) },
  ];
}

function parseObject(json: string | undefined): Record<string, unknown> | null {
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // not JSON: the report counts as missing
  }
}

const MAX_SUMMARY_CHARS = 200;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= MAX_SUMMARY_CHARS ? line : `${line.slice(0, MAX_SUMMARY_CHARS - 1)}…`;
}
