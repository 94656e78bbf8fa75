import "server-only";
import type { Connection } from "@/db/repos/connections.repo";
import { AppError } from "@/lib/contracts/errors";
import type { ConnectionSpec } from "@/lib/llm";
import type { SecretBox } from "../secrets";

/** What the LLM layer needs to reach a stored connection; its key is unsealed here and lives no longer than the call. */
export function connectionSpecOf(
  connection: Connection | null,
  secrets: SecretBox,
  connectionId: string,
): ConnectionSpec {
  if (!connection) {
    throw new AppError(
      "no-connection",
      "The connection to the model is gone. Choose another one under Settings, Models and connections.",
      {
        extra: { connectionId },
      },
    );
  }
  const { id, name, kind, baseUrl, prices, maxConcurrency, timeoutMs } = connection;
  const apiKey = connection.sealedKey === null ? null : openKey(connection.sealedKey, secrets, name);
  const headers =
    connection.sealedHeaders === null
      ? {}
      : (JSON.parse(secrets.open(connection.sealedHeaders)) as Record<string, string>);
  return { id, name, kind, baseUrl, apiKey, headers, prices, maxConcurrency, timeoutMs };
}

function openKey(sealed: string, secrets: SecretBox, name: string): string {
  try {
    return secrets.open(sealed);
  } catch (cause) {
    throw new AppError(
      "no-connection",
      `The key of the connection "${name}" was sealed under another server secret and cannot be read. Type it again under Settings.`,
      { cause },
    );
  }
}
