import {
  type AgentTest,
  agentTestSchema,
  type SaveAgentInput,
  type TargetView,
  targetViewSchema,
} from "@/lib/contracts/targets";
import { apiFetch } from "./api-fetch";

const pathOf = (projectId: string): string => `/api/v1/projects/${projectId}/target`;

export function chooseTarget(projectId: string, use: TargetView["inUse"]): Promise<TargetView> {
  return apiFetch(pathOf(projectId), { method: "PUT", body: { use }, schema: targetViewSchema });
}

export function saveAgent(projectId: string, input: SaveAgentInput): Promise<TargetView> {
  return apiFetch(`${pathOf(projectId)}/agent`, { method: "PUT", body: input, schema: targetViewSchema });
}

export function testAgent(projectId: string, question: string): Promise<AgentTest> {
  return apiFetch(`${pathOf(projectId)}/agent/test`, {
    method: "POST",
    body: question.trim() === "" ? {} : { question },
    schema: agentTestSchema,
  });
}
