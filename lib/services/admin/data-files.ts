/** Names in the data folder. `lock.db` and `lock.json` beside them belong to the process that runs. */
export const DATABASE_NAME = "touchstone.db";
export const KEY_NAME = "secret.key";
/** There while the key is being changed (`../key-change.ts`). */
export const NEXT_KEY_NAME = `${KEY_NAME}.next`;

/** Where the server's key goes beside the copy of a database. */
export function keyFileOf(copy: string): string {
  return `${copy}.key`;
}
