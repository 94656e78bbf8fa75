import { handle } from "@/app/api/handle";
import { reply } from "@/lib/http/reply";
import { readPrompt } from "@/lib/http/routes/prompts.routes";

export const GET = handle(readPrompt, ({ actor, params, services }) => {
  const { read, etag, cacheControl } = services.prompts.read(actor, params.ref);
  return reply(read, { etag, cacheControl });
});
