import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createPrompt, listPrompts } from "@/lib/http/routes/prompts.routes";

export const GET = handle(listPrompts, ({ actor, params, services }) => ({
  items: services.prompts.list(actor, params.project),
}));

export const POST = handle(createPrompt, ({ actor, params, body, services }) => {
  const prompt = services.prompts.create(actor, params.project, body);
  return created(prompt, `/api/v1/prompts/${prompt.name}`);
});
