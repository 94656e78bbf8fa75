import "server-only";
import type { PaidCall } from "@/db/repos/paid-calls.repo";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { RunCall, RunCallDetail } from "@/lib/contracts/run-candidates";
import type { ServiceDeps } from "../service-deps";

/** Calls made on account of one candidate: its suggestion, its answers and their grades, oldest first. */
export function callsOfCandidate(
  { repos }: Pick<ServiceDeps, "repos">,
  run: Run,
  candidateId: string,
): RunCall[] {
  const prefixes = [`${candidateId}:`, `reflect:${candidateId.replace(/^c/, "p")}-`];
  return prefixes
    .flatMap((prefix) => repos.paidCalls.listByKey(run.jobId, prefix))
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(toCall);
}

/** One call with the exact request and reply. */
export function callOfRun({ repos }: Pick<ServiceDeps, "repos">, run: Run, callId: string): RunCallDetail {
  const call = repos.paidCalls.byId(callId);
  if (!call || call.jobId !== run.jobId) throw new AppError("not-found", "This run has made no such call.");
  return {
    ...toCall(call),
    request: JSON.stringify(call.request, null, 2) ?? "",
    reply: JSON.stringify(call.reply, null, 2) ?? "",
  };
}

function toCall(call: PaidCall): RunCall {
  const { id, callKey, role, model, attempt, simulated, repliedAt } = call;
  const { inputTokens, outputTokens, costUsd, latencyMs } = call;
  return {
    id,
    callKey,
    role,
    model,
    recordId: callKey.match(/:(rec_[^:]+):/)?.[1] ?? null,
    attempt,
    simulated,
    at: repliedAt,
    inputTokens,
    outputTokens,
    costUsd,
    latencyMs,
  };
}
