/** What stands in place of a key in messages and logs. */
export const REDACTED = "[key removed]";

/** Shapes of keys that providers echo back in error texts, sometimes with the middle starred out. */
const KEY_SHAPES = [
  /\bBearer\s+[^\s"',;]+/gi,
  /\b(?:sk|dapi|tsk|hf|gsk|xai|key)[-_][A-Za-z0-9*._-]{6,}/g,
  /\bdapi[a-f0-9]{16,}/g,
];

/** Removes the given secrets, and whatever looks like a key, from a text that people or logs will see. */
export function redact(text: string, secrets: readonly (string | null)[] = []): string {
  let cleaned = text;
  for (const secret of secrets) {
    if (secret !== null && secret.length >= 4) cleaned = cleaned.replaceAll(secret, REDACTED);
  }
  for (const shape of KEY_SHAPES) cleaned = cleaned.replace(shape, REDACTED);
  return cleaned;
}
