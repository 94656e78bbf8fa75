import "server-only";
import type { AgentCheck, AgentExchange, AgentTest } from "@/lib/contracts/targets";
import { LlmError, redact } from "@/lib/llm";
import { type AgentCallDeps, parseReply, postToAgent, statusError } from "@/lib/rollouts/agent-call";
import { agentUsageIn, readAgentReply } from "@/lib/rollouts/agent-reply";
import type { AgentRequest } from "@/lib/rollouts/agent-request";
import { canaryPrompts, canaryWord, obeysCanary } from "@/lib/rollouts/canary";
import type { HttpTarget } from "@/lib/rollouts/types";
import type { Priced } from "../models/buy-jobless";
import type { ProjectModels } from "../models/model-gateway";

const MAX_SHOWN_CHARS = 4_000;

interface AgentTrial {
  target: HttpTarget;
  components: Readonly<Record<string, string>>;
  question: string;
  newId(prefix: string): string;
  /** Who pays: the project, within its cap for the month. */
  account: Pick<ProjectModels, "agent">;
}

type Step = AgentTest["steps"][number];
interface Tried {
  exchange: AgentExchange;
  output: string | null;
  steps: Step[];
  ms: number | null;
  problem: string | null;
}

/** Asks the agent a question, then the canary, and says in words what was sent, what came back and what is wrong. */
export async function testAgent(
  trial: AgentTrial,
  deps: AgentCallDeps,
  signal: AbortSignal,
): Promise<AgentTest & { check: Omit<AgentCheck, "at"> }> {
  const asked = await exchange(trial, trial.components, trial.question, deps, signal);
  if (asked.problem !== null) {
    const skipped: Step = { name: CANARY_STEP, status: "skipped", detail: "Not tried.", ms: null };
    return {
      ok: false,
      headline: asked.problem,
      steps: [...asked.steps, skipped],
      question: asked.exchange,
      canary: null,
      check: { canary: "failed", says: asked.problem, latencyMs: asked.ms },
    };
  }
  const word = canaryWord(trial.newId("can"));
  const prompts = canaryPrompts(Object.keys(trial.components), word);
  const canary = await exchange(trial, prompts, trial.question, deps, signal);
  const verdict = canaryVerdict(canary, word);
  return {
    ok: verdict.canary === "used",
    headline:
      verdict.canary === "used" ? "It works, and the agent uses the prompt that it is sent." : verdict.says,
    steps: [
      ...asked.steps,
      {
        name: CANARY_STEP,
        status: verdict.canary === "used" ? "ok" : "failed",
        detail: verdict.says,
        ms: canary.ms,
      },
    ],
    question: asked.exchange,
    canary: canary.exchange,
    check: { ...verdict, latencyMs: asked.ms },
  };
}

const CANARY_STEP = "Use the prompt that is sent";

function canaryVerdict({ problem, output }: Tried, word: string): Pick<AgentCheck, "canary" | "says"> {
  if (problem !== null) return { canary: "failed", says: problem };
  if (obeysCanary(output ?? "", word))
    return { canary: "used", says: `Told to answer with ${word}, it did.` };
  return {
    canary: "ignored",
    says: `The agent answered, but did not do what the prompt told it: it should have answered with ${word}. It probably works with a prompt of its own. Let it use the texts under "prompts" of each request.`,
  };
}

async function exchange(
  { target, newId, account }: AgentTrial,
  prompts: Readonly<Record<string, string>>,
  question: string,
  deps: AgentCallDeps,
  signal: AbortSignal,
): Promise<Tried> {
  const host = new URL(target.url).host;
  const secrets = Object.values(target.headers);
  const request: AgentRequest = {
    messages: [{ role: "user", content: question }],
    fields: {},
    prompts,
    run_id: newId("test"),
    rollout_id: newId("rol"),
    dry_run: true,
  };
  const sent = {
    url: target.url,
    headers: ["content-type: application/json", ...Object.keys(target.headers).map((name) => `${name}: •••`)],
    body: JSON.stringify(request, null, 2),
  };
  try {
    const ask = { targetVersionId: target.versionId, maxUsd: target.maxUsdPerCall };
    const post = async () => {
      const posted = await postToAgent(target, request, deps, signal);
      return { ...posted, ...priceOf(host, target, posted) };
    };
    const { response, body, latencyMs } = await account.agent(ask, post, signal);
    const shown = shownBody(redact(body, secrets));
    const received = {
      status: response.status,
      ms: latencyMs,
      body: shown,
      output: null,
      steps: null,
      usage: null,
    };
    const reached: Step = {
      name: REACH_STEP,
      status: "ok",
      detail: `It answered with status ${response.status}.`,
      ms: latencyMs,
    };
    const failed = (name: string, problem: string, before: Step[]): Tried => ({
      exchange: { sent, received },
      output: null,
      ms: latencyMs,
      problem: redact(problem, secrets),
      steps: [...before, { name, status: "failed", detail: redact(problem, secrets), ms: null }],
    });
    if (!response.ok) return failed(REACH_STEP, statusError(host, response, body).message, []);
    const reply = parsed(host, body);
    if (reply instanceof LlmError) return failed(READ_STEP, reply.message, [reached]);
    return readTried(target, reply, { sent, received, reached, failed });
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    const detail = redact(error.message, secrets);
    return {
      exchange: { sent, received: null },
      output: null,
      ms: null,
      problem: detail,
      steps: [{ name: REACH_STEP, status: "failed", detail, ms: null }],
    };
  }
}

const REACH_STEP = "Reach the agent";
const READ_STEP = "Read its answer";

function readTried(
  target: HttpTarget,
  reply: unknown,
  at: {
    sent: AgentExchange["sent"];
    received: NonNullable<AgentExchange["received"]>;
    reached: Step;
    failed(name: string, problem: string, before: Step[]): Tried;
  },
): Tried {
  const answer = readAgentReply(reply, target, at.received.ms);
  if (answer.status === "failed") return at.failed(READ_STEP, answer.cause, [at.reached]);
  const { output, steps } = answer;
  const usage = usageWords(agentUsageIn(reply, target));
  const stepWords =
    steps === null
      ? "it does not say what it did"
      : `${steps.length} ${steps.length === 1 ? "step" : "steps"}`;
  return {
    exchange: { sent: at.sent, received: { ...at.received, output, steps: steps?.length ?? null, usage } },
    output,
    ms: at.received.ms,
    problem: null,
    steps: [
      at.reached,
      {
        name: READ_STEP,
        status: "ok",
        detail: `${output.length} characters; ${stepWords}; ${usage ?? "it does not say what it used"}.`,
        ms: null,
      },
    ],
  };
}

/** What the agent says that it cost; a refusal cost nothing. */
function priceOf(
  host: string,
  target: HttpTarget,
  { response, body }: { response: Response; body: string },
): Priced {
  const reply = response.ok ? parsed(host, body) : null;
  if (!response.ok || reply instanceof LlmError)
    return { usage: { inputTokens: null, outputTokens: null }, costUsd: response.ok ? null : 0 };
  const { costUsd, ...usage } = agentUsageIn(reply, target);
  return { usage, costUsd };
}

function parsed(host: string, body: string): unknown {
  try {
    return parseReply(host, body);
  } catch (error) {
    if (error instanceof LlmError) return error;
    throw error;
  }
}

function usageWords({ inputTokens, outputTokens, costUsd }: ReturnType<typeof agentUsageIn>): string | null {
  const parts = [
    inputTokens === null ? null : `${inputTokens} tokens in`,
    outputTokens === null ? null : `${outputTokens} tokens out`,
    costUsd === null ? null : `$${costUsd}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

function shownBody(body: string): string {
  return body.length <= MAX_SHOWN_CHARS ? body : `${body.slice(0, MAX_SHOWN_CHARS)}…`;
}
