import "server-only";
import { createHandle } from "@/lib/http/create-handle";
import { getContainer } from "@/lib/services/container";
import { createHttpHost } from "@/lib/services/http-host";

/** Turns a route definition and a use case into a route handler of this server. Nothing is opened before a request comes. */
export const handle = createHandle(createHttpHost(getContainer));
