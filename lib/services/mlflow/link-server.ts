import "server-only";
import type { MlflowLink } from "@/db/repos/mlflow.repo";
import type { ServiceDeps } from "../service-deps";
import type { MlflowServer } from "./mlflow-client";

/** How the server of a link is reached, with its token opened. */
export function linkServer(
  { secrets }: Pick<ServiceDeps, "secrets">,
  { url, username, sealedToken }: MlflowLink,
): MlflowServer {
  return { url, username, token: sealedToken === null ? null : secrets.open(sealedToken) };
}
