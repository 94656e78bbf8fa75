import { promptChecksSchema } from "@/lib/contracts/prompt-checks";
import { defineRoute } from "../define-route";

export const readPromptChecks = defineRoute({
  id: "prompt-checks.get",
  method: "GET",
  path: "/api/v1/prompts/:ref/checks",
  summary:
    "Whether what is in production still answers as well as when it was promoted: what a check would ask, and what earlier ones found.",
  permission: "project:read",
  scope: "reviews:read",
  response: promptChecksSchema,
});

export const startPromptCheck = defineRoute({
  id: "prompt-checks.start",
  method: "POST",
  path: "/api/v1/prompts/:ref/checks",
  summary:
    "Asks the records of the promotion's evidence again and grades the answers of then and of now by today's judges.",
  permission: "reviews:write",
  response: promptChecksSchema,
  status: 201,
  idempotent: true,
});

export const controlPromptCheck = defineRoute({
  id: "prompt-checks.control",
  method: "POST",
  path: "/api/v1/prompts/:ref/checks/:action",
  summary: "Pauses, resumes or cancels the check that is under way; `action` is pause, resume or cancel.",
  permission: "reviews:write",
  response: promptChecksSchema,
});
