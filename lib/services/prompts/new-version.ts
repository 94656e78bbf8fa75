import "server-only";
import type { NewPromptVersion } from "@/db/repos/prompts.repo";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { variablesIn } from "./variables-in";

/** Name of the only component of a prompt that was never split. */
export const DEFAULT_COMPONENT = "system";

type Content = Pick<NewPromptVersion, "components" | "layout" | "modelConfig">;

/** Identity of a version: the same texts, order and model config are the same version, registered once. */
export function contentHashOf({ components, layout, modelConfig }: Content): string {
  const config = Object.fromEntries(Object.entries(modelConfig).filter(([, value]) => value !== undefined));
  return sha256Hex(stableStringify({ components, layout, modelConfig: config }));
}

/** The derived fields of a version filled in: variables in the texts, and the content's hash. */
export function prepareVersion(
  version: Omit<NewPromptVersion, "variables" | "contentHash">,
): NewPromptVersion {
  const variables = variablesIn(version.layout.map((name) => version.components[name] ?? "").join("\n\n"));
  return { ...version, variables, contentHash: contentHashOf(version) };
}
