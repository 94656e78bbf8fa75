import type { RunView } from "@/lib/contracts/runs";
import { formatUsd } from "./run-money";
import { candidateName, candidateTitle, countOf } from "./run-names";
import { stopSentence } from "./run-reasons";
import type { ShownScale } from "./run-scale";

/** How a run that is over is told (ux.md, moment 8). */
export interface RunEnding {
  isBetter: boolean;
  /** Failures stopped it, not a decision: what is broken comes first. */
  isBroken: boolean;
  title: string;
  body: string;
  /** Comparison records on which no candidate has the top grade. */
  unsolved: string[];
  recommendedId: string;
}

const TOP = 1 - 1e-9;
const BROKEN: ReadonlySet<string> = new Set(["reflection-failing", "rollouts-failing", "seed-failed"]);

/**
 * Null while the run is not over.
 * @param isFromProduction the starting prompt is what is in production
 */
export function prepareEnding(view: RunView, scale: ShownScale, isFromProduction: boolean): RunEnding | null {
  const { ended } = view;
  if (ended === null) return null;
  const { recommendedCandidateId, seedScore, recommendedScore } = ended;
  const isOther = recommendedCandidateId !== view.seedCandidateId;
  const isBetter = isOther && (seedScore === null || (recommendedScore ?? 0) > seedScore);
  const unsolved = unsolvedRecords(view);
  const isBroken = BROKEN.has(ended.stopReason);
  const facts = { isBetter, isBroken, unsolved, recommendedId: recommendedCandidateId };
  if (isBetter && recommendedScore !== null) {
    const body = `${comparedSentence(view, scale)} ${stopSentence(ended.stopReason)} The best of many tries flatters itself: the sealed records decide.`;
    return { ...facts, title: "A candidate is ready.", body };
  }
  if (seedScore === null) {
    return {
      ...facts,
      title: "The run ended without a score.",
      body: `${stopSentence(ended.stopReason)} ${ended.detail} Production is unchanged, and every answer is kept.`,
    };
  }
  if (isBroken) {
    return {
      ...facts,
      title: "Failures stopped the run. Production is unchanged.",
      body: `${stopSentence(ended.stopReason)} ${ended.detail} ${triedSentence(view, scale, isFromProduction)}`.replace(
        / +/g,
        " ",
      ),
    };
  }
  const parts = [
    triedSentence(view, scale, isFromProduction),
    reasonSentence(view),
    unsolvedSentence(unsolved),
  ];
  return {
    ...facts,
    title: "No candidate was better. Production is unchanged.",
    body: parts.filter((part) => part !== "").join(" "),
  };
}

/** Both are told over the records that both have answered, else the two means could not be compared. */
function comparedSentence(view: RunView, scale: ShownScale): string {
  const { ended } = view;
  if (!ended || ended.recommendedScore === null) return "";
  const name = candidateName(ended.recommendedCandidateId, view.seedCandidateId);
  const best = scale.formatOf(ended.recommendedScore);
  if (ended.seedScore === null)
    return `${candidateTitle(ended.recommendedCandidateId)} has ${best} on the practice records.`;
  const [own, seed] = [ended.recommendedCandidateId, view.seedCandidateId ?? ""].map(
    (id) => view.scores[id] ?? {},
  );
  const shared = view.valset.filter(
    (id) => typeof own?.[id] === "number" && typeof seed?.[id] === "number",
  ).length;
  const where =
    shared === 0
      ? "On the practice records"
      : `On the ${countOf(shared, "practice record")} that both have answered`;
  return `${where}, ${name} has ${best}, the starting prompt ${scale.format(ended.seedScore)}.`;
}

/** "9 edits were tried with 75 scored answers, $0.52; the best reached 4.6 of 5, production has 4.6." */
function triedSentence(view: RunView, scale: ShownScale, isFromProduction: boolean): string {
  const { ended, spentUsd, metricCalls } = view;
  const edits = view.candidates.filter(({ status }) => status !== "seed" && status !== "trying");
  const best = Math.max(0, ...edits.map(({ meanScore, compared }) => meanScore ?? compared?.mean ?? 0));
  const cost = spentUsd === null ? "" : `, ${formatUsd(spentUsd)}`;
  const who = isFromProduction ? "production" : "the starting prompt";
  const has = ended?.seedScore ?? 0;
  const reached = edits.some(({ meanScore }) => meanScore !== null)
    ? `; the best reached ${scale.formatOf(best)}, ${who} has ${scale.format(has)}.`
    : ".";
  return `${countOf(edits.length, "edit")} ${edits.length === 1 ? "was" : "were"} tried with ${countOf(metricCalls, "scored answer")}${cost}${reached}`;
}

/** What the run itself shows of why nothing was better; "" where it shows nothing. */
function reasonSentence(view: RunView): string {
  const seed = view.scores[view.seedCandidateId ?? ""] ?? {};
  const scored = view.valset.filter((id) => typeof seed[id] === "number");
  const topped = scored.filter((id) => (seed[id] ?? 0) >= TOP).length;
  if (scored.length > 0 && topped * 2 >= scored.length) {
    return `Most likely: ${topped} of ${countOf(scored.length, "comparison record")} already ${topped === 1 ? "has" : "have"} the top grade.`;
  }
  const edits = view.candidates.filter(({ status }) => status !== "seed");
  const refused = edits.filter(({ status }) => status === "refused").length;
  if (refused > 0 && refused * 2 >= edits.length)
    return `Most likely: ${refused} of ${countOf(edits.length, "suggested edit")} could not be used.`;
  return view.ended ? stopSentence(view.ended.stopReason) : "";
}

function unsolvedSentence(unsolved: readonly string[]): string {
  if (unsolved.length === 0) return "";
  const were = unsolved.length === 1 ? "was" : "were";
  return `${unsolved.length} ${were} solved by no candidate; perhaps the record asks for what the assistant cannot know.`;
}

/** Comparison records that were scored, and never with the top grade. */
function unsolvedRecords(view: RunView): string[] {
  const all = Object.values(view.scores);
  return view.valset.filter((id) => {
    const known = all.flatMap((scores) => scores[id] ?? []);
    return known.length > 0 && known.every((score) => score < TOP);
  });
}
