import { type CheckFailure, checkProposedText } from "./check-proposal";
import type { ProposalGuidance } from "./options";
import { parseReply } from "./parse-proposal";
import type { Reflector, ReflectorReply } from "./ports";
import { verifyChange } from "./provenance";
import { buildReflectionPrompt, buildRepairPrompt, type ReflectionBrief } from "./reflection-prompt";
import { describeEdit } from "./sentences";
import type { SentenceChange } from "./types";

/** What came of asking for one new text. `callKeys` are the calls made, in order. */
export type ProposedText =
  | {
      status: "proposed";
      text: string;
      summary: string;
      changes: readonly SentenceChange[];
      callKeys: readonly string[];
    }
  | ({ status: "refused"; callKeys: readonly string[] } & CheckFailure);

/** Asks once, and a second time when the first reply cannot be used (SPEC PR6). `callKey` names the first call. */
export async function proposeText(
  brief: ReflectionBrief,
  guidance: ProposalGuidance,
  callKey: string,
  reflector: Reflector,
  signal: AbortSignal,
): Promise<ProposedText> {
  const prompt = buildReflectionPrompt(brief);
  const first = await reflector.reflect({ callKey, prompt }, signal);
  const reading = readReply(first, brief, guidance);
  if (reading.status === "proposed" || first.status === "failed") return { ...reading, callKeys: [callKey] };
  const repairKey = `${callKey}-repair`;
  const repair = await reflector.reflect(
    { callKey: repairKey, prompt: buildRepairPrompt(prompt, first.text, reading.detail) },
    signal,
  );
  return { ...readReply(repair, brief, guidance), callKeys: [callKey, repairKey] };
}

type Reading =
  | { status: "proposed"; text: string; summary: string; changes: readonly SentenceChange[] }
  | ({ status: "refused" } & CheckFailure);

function readReply(reply: ReflectorReply, brief: ReflectionBrief, guidance: ProposalGuidance): Reading {
  if (reply.status === "failed")
    return { status: "refused", reason: "reflection-failed", detail: reply.cause };
  const parsed = parseReply(reply.text, reply.truncated);
  if (parsed.status === "unusable")
    return { status: "refused", reason: parsed.reason, detail: parsed.detail };
  const { text } = parsed;
  const failure = checkProposedText(
    { component: brief.component, before: brief.text, after: text, shown: brief.examples },
    guidance,
  );
  if (failure !== null) return { status: "refused", ...failure };
  return {
    status: "proposed",
    text,
    summary: parsed.summary ?? describeEdit(brief.text, text),
    changes: parsed.changes.map((change) => verifyChange(change, text, brief)),
  };
}
