import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { readPromptChecks, startPromptCheck } from "@/lib/http/routes/prompt-checks.routes";

export const GET = handle(readPromptChecks, ({ actor, params, services }) =>
  services.promptChecks.get(actor, params.ref),
);

export const POST = handle(startPromptCheck, ({ actor, params, services }) =>
  created(services.promptChecks.start(actor, params.ref)),
);
