import type { Finding, LaunchOptions, RunSnapshot, StartRunInput } from "@/lib/contracts/runs";

/** What a new run takes over from an earlier one. */
export type ClonedRun = Pick<RunSnapshot, "manifest" | "caps">;

/** What a launch form holds. Numbers are kept as typed, so that a half-typed one is not lost. */
export interface LaunchDraft {
  promptVersionId: string;
  /** Judge version → weight as typed; "" or 0 = not asked. */
  weights: Record<string, string>;
  /** Judge version → the least that a candidate must keep of it, in hundredths, as typed; "" = no floor. */
  floors: Record<string, string>;
  effort: "quick" | "standard" | "thorough" | "own";
  ownAnswers: string;
  maxUsd: string;
  maxMinutes: string;
  strategy: "frugal" | "reference";
  lanes: string;
  seed: string;
  reason: string;
}

/** Scored answers of each effort (ux.md, launch). */
export const EFFORTS = { quick: 40, standard: 75, thorough: 150 } as const;

/** Findings of the server whose start needs a reason in words. */
const REASON_CODES: ReadonlySet<string> = new Set(["judge-far", "exploratory"]);

export function needsReason(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => REASON_CODES.has(code));
}

/** Why the run cannot be started now; undefined when it can. */
export function blockedWords(findings: readonly Finding[], isReasonMissing: boolean): string | undefined {
  const blocking = findings.filter(({ level }) => level === "blocks");
  const [first] = blocking;
  if (first)
    return blocking.length === 1
      ? first.what
      : `${first.what} ${blocking.length - 1} more must be mended as well.`;
  return isReasonMissing ? "Say in a few words why the run is worth it all the same." : undefined;
}

export function answersOf({ effort, ownAnswers }: Pick<LaunchDraft, "effort" | "ownAnswers">): number {
  if (effort !== "own") return EFFORTS[effort];
  return wholeOr(ownAnswers, 1, 100_000, EFFORTS.standard);
}

/** A whole number inside its limits; what is typed instead when it is none. */
export function wholeOr(text: string, min: number, max: number, otherwise: number): number {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= min && value <= max ? value : otherwise;
}

/** A cap: null when nothing, or nothing sensible, is typed. */
export function capOf(text: string): number | null {
  const value = Number(text.replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : null;
}

/** The form as it opens: what is in production, under the judge in use, with the usual effort. */
export function prepareDraft({ prompts, judges }: LaunchOptions, answers: number | null): LaunchDraft {
  const known = Object.entries(EFFORTS).find(([, calls]) => calls === answers)?.[0] as
    | keyof typeof EFFORTS
    | undefined;
  const [judge] = judges;
  return {
    promptVersionId: prompts[0]?.promptVersionId ?? "",
    weights: judge ? { [judge.judgeVersionId]: "1" } : {},
    floors: {},
    effort: answers === null ? "standard" : (known ?? "own"),
    ownAnswers: answers === null ? "" : String(answers),
    maxUsd: "",
    maxMinutes: "",
    strategy: "frugal",
    lanes: "1",
    seed: "1",
    reason: "",
  };
}

/** The form as an earlier run was launched; a judge's version that is not in use any more is left to the usual choice. */
export function draftFromRun(options: LaunchOptions, { manifest, caps }: ClonedRun): LaunchDraft {
  const usual = prepareDraft(options, caps.maxMetricCalls);
  const isOffered = (id: string) => options.judges.some(({ judgeVersionId }) => judgeVersionId === id);
  const judges = manifest.judges.filter(({ judgeVersionId }) => isOffered(judgeVersionId));
  const isPromptOffered = options.prompts.some(
    ({ promptVersionId }) => promptVersionId === manifest.promptVersionId,
  );
  return {
    ...usual,
    promptVersionId: isPromptOffered ? manifest.promptVersionId : usual.promptVersionId,
    weights:
      judges.length === 0
        ? usual.weights
        : Object.fromEntries(
            judges.map(({ judgeVersionId, weight }) => [judgeVersionId, String(Number(weight.toFixed(3)))]),
          ),
    maxUsd: caps.maxUsd === null ? "" : String(caps.maxUsd),
    maxMinutes: caps.maxMinutes === null ? "" : String(caps.maxMinutes),
    strategy: manifest.strategy,
    lanes: String(manifest.lanes),
    seed: String(manifest.seed),
  };
}

/** A floor between 0 and 1; null where nothing, or no share of a hundred, was typed. */
function floorOf(typed: string | undefined): number | null {
  const percent = capOf(typed ?? "");
  return percent === null || percent > 100 ? null : percent / 100;
}

/** The draft as it is sent. */
export function prepareInput(draft: LaunchDraft): StartRunInput {
  const judges = Object.entries(draft.weights).flatMap(([judgeVersionId, typed]) => {
    const weight = capOf(typed);
    return weight === null ? [] : [{ judgeVersionId, weight, floor: floorOf(draft.floors[judgeVersionId]) }];
  });
  const [first] = Object.keys(draft.weights);
  return {
    promptVersionId: draft.promptVersionId,
    judges:
      judges.length > 0 || first === undefined ? judges : [{ judgeVersionId: first, weight: 1, floor: null }],
    maxMetricCalls: answersOf(draft),
    maxUsd: capOf(draft.maxUsd),
    maxMinutes: capOf(draft.maxMinutes),
    strategy: draft.strategy,
    lanes: wholeOr(draft.lanes, 1, 16, 1),
    seed: wholeOr(draft.seed, 0, 2 ** 31, 1),
    reason: draft.reason.trim(),
  };
}
