import { getServices } from "@/lib/services/container";

const answer = (request: Request): Promise<Response> => getServices().auth.handle(request);

/** Sign-in, sign-out and sessions: the accounts' library answers, with its own checks of origin and input. */
export const GET = answer;
export const POST = answer;
