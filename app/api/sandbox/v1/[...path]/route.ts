import { requireKey } from "@/lib/sandbox/handler";
import { getContainer } from "@/lib/services/container";

/** The simulated models over HTTP, for this server's own workers: they hold the key derived from its secret. */
async function answer(request: Request): Promise<Response> {
  const { sandbox, deps } = getContainer();
  return requireKey(sandbox, deps.secrets.derive("sandbox"))(request);
}

export { answer as GET, answer as POST };
