import { z } from "zod";
import {
  judgeAnswersSchema,
  judgeCheckSchema,
  judgeComparisonSchema,
  previewPromptInput,
  promptPreviewSchema,
  startJudgeCheckInput,
} from "@/lib/contracts/judge-checks";
import {
  changeStandardInput,
  standardChangeSchema,
  standardPreviewSchema,
  standardScopeInput,
} from "@/lib/contracts/standards";
import { defineRoute } from "../define-route";

export const judgeAnswers = defineRoute({
  id: "judges.answers",
  method: "GET",
  path: "/api/v1/judges/:judge/answers",
  summary: "Recorded answers of practice records to try the judge on, with the experts' grades.",
  permission: "judges:draft",
  response: judgeAnswersSchema,
});

export const previewJudgePrompt = defineRoute({
  id: "judges.preview",
  method: "POST",
  path: "/api/v1/judges/:judge/preview",
  summary: "The exact prompt for one answer, with unsaved changes if any. Asks no model.",
  permission: "judges:draft",
  body: previewPromptInput,
  response: promptPreviewSchema,
});

export const startJudgeCheck = defineRoute({
  id: "judges.check",
  method: "POST",
  path: "/api/v1/judges/:judge/checks",
  summary:
    "Judges answers for the judge's sake: `try` unsaved changes beside a version, `noise` (fresh readings), `compare` two versions.",
  permission: "judges:draft",
  body: startJudgeCheckInput,
  response: judgeCheckSchema,
  status: 201,
  idempotent: true,
});

export const getJudgeCheck = defineRoute({
  id: "judges.check-result",
  method: "GET",
  path: "/api/v1/judge-checks/:check",
  summary: "A check with its state and, when it is done, what was said of each answer.",
  permission: "judges:draft",
  response: judgeCheckSchema,
});

export const compareJudgeVersions = defineRoute({
  id: "judges.compare",
  method: "GET",
  path: "/api/v1/judges/:judge/comparison",
  summary: "Two versions (`before`, `after`: ids) on the same answers, and how the mean moves.",
  permission: "project:read",
  query: z.object({ before: z.string(), after: z.string() }),
  response: judgeComparisonSchema,
});

export const previewStandardChange = defineRoute({
  id: "standards.preview",
  method: "POST",
  path: "/api/v1/judges/:judge/standard-changes/preview",
  summary:
    "Which labels a change of the standard would set aside, and what the judge would forget. Changes nothing.",
  permission: "judges:draft",
  body: standardScopeInput,
  response: standardPreviewSchema,
});

export const changeStandard = defineRoute({
  id: "standards.change",
  method: "POST",
  path: "/api/v1/judges/:judge/standard-changes",
  summary:
    "Sets older labels (of a tag) aside and retires guidelines; makes a draft of the judge without them.",
  permission: "judges:draft",
  body: changeStandardInput,
  response: standardChangeSchema,
  status: 201,
  idempotent: true,
});

export const listStandardChanges = defineRoute({
  id: "standards.list",
  method: "GET",
  path: "/api/v1/judges/:judge/standard-changes",
  summary: "Changes of the standard, newest first.",
  permission: "project:read",
  response: z.object({ items: z.array(standardChangeSchema) }),
});

export const undoStandardChange = defineRoute({
  id: "standards.undo",
  method: "DELETE",
  path: "/api/v1/judges/:judge/standard-changes/:change",
  summary: "Brings the labels back; the version that was made stays in the history.",
  permission: "judges:draft",
  response: standardChangeSchema,
});
