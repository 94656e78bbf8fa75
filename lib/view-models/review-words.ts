import type { BlindResult } from "@/lib/contracts/blind";
import type { PromptReader } from "@/lib/contracts/prompts";
import type { EvidenceView, ReviewView } from "@/lib/contracts/reviews";

const MANY = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** "Judge v4 sides with your experts on 27 of 30 unseen answers". */
export function agreementSentence(judge: ReviewView["judge"]): string {
  if (!judge) return "No judge is in use.";
  const name = `Judge v${judge.version}`;
  const { agreement } = judge;
  if (!agreement || agreement.n === 0) return `${name} was not compared with your experts yet`;
  const same = agreement.sameSide ?? agreement.sameGrade;
  const verb = agreement.sameSide === null ? "gives the grade of your experts" : "sides with your experts";
  return `${name} ${verb} on ${same} of ${agreement.n} unseen answers`;
}

/** "An answer costs $0.004, was $0.003 · takes 2.1 s, was 2.0 s · prompt 410 words, 290". */
export function perAnswerSentence(review: Pick<ReviewView, "evidence" | "text" | "baseline">): string {
  const each = review.evidence?.perAnswer;
  const parts = [
    both(each?.before.costUsd, each?.after.costUsd, usdWords, "An answer costs"),
    both(each?.before.tokens, each?.after.tokens, (count) => `${Math.round(count)} tokens`, "uses"),
    both(each?.before.ms, each?.after.ms, secondsWords, "takes"),
  ].filter((part) => part !== null);
  const words = wordCount(review.text);
  const old = review.baseline ? `, ${wordCount(review.baseline.text)}` : "";
  return capital([...parts, `prompt ${words} words${old}`].join(" · "));
}

function both(
  before: number | null | undefined,
  after: number | null | undefined,
  words: (value: number) => string,
  verb: string,
): string | null {
  if (typeof after !== "number") return null;
  return `${verb} ${words(after)}${typeof before === "number" ? `, was ${words(before)}` : ""}`;
}

/** "$0.20", "$0.004"; "less than $0.001". */
function usdWords(usd: number): string {
  if (usd > 0 && usd < 0.001) return "less than $0.001";
  return `$${usd.toFixed(usd >= 0.1 || usd === 0 ? 2 : 3)}`;
}

function secondsWords(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

/** What the button that buys evidence costs and sends, and which look it is (ux.md, rules 3 and 9). */
export function offerSentence({
  sealed,
  critical,
  answers,
  usd,
  host,
  simulated,
  look,
}: ReviewView["offer"]): string {
  const guard = critical > 0 ? `, and ${MANY(critical, "record")} that must never fail` : "";
  const price = simulated
    ? "It costs nothing"
    : usd === null
      ? "No price is known for these models"
      : `About ${usdWords(usd)}`;
  const where = simulated ? `They go to ${host}; nothing leaves this computer.` : `They go to ${host}.`;
  return (
    `${MANY(sealed, "sealed record")} are answered and graded under both prompts${guard}: ${MANY(answers, "answer")}, ` +
    `and three more of each where something seems lost. ${price}. ${where} This is the ${ordinal(look)} look; each further look asks for stronger proof.`
  );
}

export function ordinal(look: number): string {
  return (
    ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"][look] ??
    `${look}th`
  );
}

/** "better on 18 sealed records (11 better, 2 worse)", for the promote dialog; null without a verdict. */
function evidencePhrase(evidence: EvidenceView | null): string | null {
  if (!evidence?.counts || !evidence.verdict) return null;
  const { better, worse, same, notScored } = evidence.counts;
  const name = { better: "better", "not-enough": "not enough evidence", worse: "worse" }[evidence.verdict];
  return `${name} on ${MANY(better + worse + same + notScored, "sealed record")} (${better} better, ${worse} worse)`;
}

/** What the promote dialog says besides dates: who reads it, the evidence, the losses, the way back (moment 10). */
export function promoteSentences(review: ReviewView): string[] {
  const { nextVersion, evidence, gate, readers } = review;
  const agents = new Set(
    readers.filter(({ alias }) => alias === gate.targetAlias).map(({ reader }) => reader),
  ).size;
  const version = `v${nextVersion}`;
  const reading =
    agents === 0
      ? "No agent has fetched it here yet."
      : `${MANY(agents, "agent reads", "agents read")} it here; ${agents === 1 ? "it has" : agents === 2 ? "both have" : "all have"} ${version} within a minute of asking again.`;
  const phrase = evidencePhrase(evidence);
  const accepted = evidence?.losses.filter(({ confirmed, accepted: by }) => confirmed && by) ?? [];
  return [
    reading,
    phrase === null ? "" : `Evidence: ${phrase}.`,
    accepted.length === 0
      ? ""
      : `You accept ${MANY(accepted.length, "loss", "losses")} by name: ${accepted.map(({ question }) => `“${shorten(question)}”`).join(", ")}.`,
    review.baseline ? "You can roll back at any time." : "",
  ].filter((sentence) => sentence !== "");
}

/** "agent-a took it 40 seconds later; agent-b not yet." Empty when no agent reads it. */
export function pickUpSentence(review: Pick<ReviewView, "promotion" | "readers">): string {
  const { promotion, readers } = review;
  if (!promotion) return "";
  const own = readers.filter(({ alias }) => alias === promotion.alias);
  if (own.length === 0) return "No agent has fetched it here yet.";
  return `${own.map((reader) => pickUp(reader, promotion)).join("; ")}.`;
}

function pickUp(
  { reader, version, firstAt }: PromptReader,
  promotion: { version: number; at: number },
): string {
  return version === promotion.version && firstAt >= promotion.at
    ? `${reader} took it ${laterWords(firstAt - promotion.at)} later`
    : `${reader} not yet`;
}

/** "40 seconds", "3 minutes", "2 days". */
export function laterWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return MANY(seconds, "second");
  if (seconds < 90 * 60) return MANY(Math.round(seconds / 60), "minute");
  return seconds < 36 * 3600
    ? MANY(Math.round(seconds / 3600), "hour")
    : MANY(Math.round(seconds / 86_400), "day");
}

/** "Said yes: Ray · Missing: 1 approver, not Jonas (author)". */
export function approvalsSentence({ gate, author }: Pick<ReviewView, "gate" | "author">): string {
  const said = gate.approvals.map(({ by, self, override }) => {
    const marks = [self ? "own change" : "", override ? "override" : ""].filter((mark) => mark !== "");
    return marks.length === 0 ? by : `${by} (${marks.join(", ")})`;
  });
  const missing = gate.approvalsNeeded - gate.approvals.length;
  const who = gate.selfApprovalOffered
    ? "your own word"
    : `${MANY(missing, "approver")}, not ${author} (author)`;
  return [
    `Said yes: ${said.length === 0 ? "nobody yet" : said.join(", ")}`,
    ...(missing > 0 ? [`Missing: ${who}`] : []),
  ].join(" · ");
}

/** "red zone ▲ 5–0", "injuries: too few to tell". */
export function tagWords({ tag, better, worse, tooFew }: EvidenceView["byTag"][number]): {
  text: string;
  mark: "better" | "worse" | "same" | null;
} {
  if (tooFew) return { text: `${tag}: too few to tell`, mark: null };
  return {
    text: `${tag} ${better}–${worse}`,
    mark: better > worse ? "better" : worse > better ? "worse" : "same",
  };
}

/** "7 to 2; so clear a preference comes by chance in 18 of 100 cases. The answer shown first was taken in 52 %." */
export function blindFigures({
  candidate,
  production,
  pValue,
  firstShare,
}: Pick<BlindResult, "candidate" | "production" | "pValue" | "firstShare">): string {
  const parts = [
    pValue === null
      ? "No pair was decided either way."
      : `${candidate} to ${production}: between two equal prompts, so clear a preference comes by chance in ${chanceWords(pValue)}.`,
    firstShare === null ? "" : `The answer shown first was taken in ${Math.round(100 * firstShare)} %.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function chanceWords(pValue: number): string {
  return pValue < 0.01 ? "fewer than 1 of 100 cases" : `${Math.round(100 * pValue)} of 100 cases`;
}

export function shorten(text: string, most = 90): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
