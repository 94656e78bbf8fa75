import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { BetterAuthPlugin } from "better-auth/types";
import { z } from "zod";

/** Lets the server itself sign a person in (first run, personal link). It is no route: SERVER_ONLY keeps it off the router. */
export function signInAs() {
  return {
    id: "touchstone-sign-in-as",
    endpoints: {
      signInAs: createAuthEndpoint(
        "/touchstone/sign-in-as",
        { method: "POST", body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
        async (context) => {
          const { internalAdapter } = context.context;
          const user = await internalAdapter.findUserById(context.body.userId);
          if (!user) throw new Error(`there is no user ${context.body.userId} to sign in`);
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return context.json({ sessionId: session.id });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
