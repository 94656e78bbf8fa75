import { handle } from "@/app/api/handle";
import { sendTraces } from "@/lib/http/routes/evaluations.routes";

export const POST = handle(sendTraces, ({ actor, body, services }) => services.evaluations.send(actor, body));
