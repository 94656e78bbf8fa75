import {
  agentTestSchema,
  saveAgentInput,
  targetViewSchema,
  testAgentInput,
  useTargetInput,
} from "@/lib/contracts/targets";
import { defineRoute } from "../define-route";

export const getTarget = defineRoute({
  id: "targets.get",
  method: "GET",
  path: "/api/v1/projects/:project/target",
  summary: "Who answers in this project: a model with the prompt, or an agent over HTTP. Without secrets.",
  permission: "project:read",
  response: targetViewSchema,
});

export const useTarget = defineRoute({
  id: "targets.use",
  method: "PUT",
  path: "/api/v1/projects/:project/target",
  summary: "Chooses who answers from now on. What is under way keeps what it started with.",
  permission: "connections:manage",
  body: useTargetInput,
  response: targetViewSchema,
});

export const saveAgent = defineRoute({
  id: "targets.save-agent",
  method: "PUT",
  path: "/api/v1/projects/:project/target/agent",
  summary: "Stores how the agent is reached, as a new version. A header's value that is left out stays.",
  permission: "connections:manage",
  body: saveAgentInput,
  response: targetViewSchema,
});

export const testAgent = defineRoute({
  id: "targets.test-agent",
  method: "POST",
  path: "/api/v1/projects/:project/target/agent/test",
  summary:
    "Two calls: a question, and a check that the agent uses the prompt it is sent. Says in words what is wrong.",
  permission: "connections:manage",
  body: testAgentInput,
  response: agentTestSchema,
});
