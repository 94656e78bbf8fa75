/** The command was called in a way that cannot work; its message says what to do. Ends with code 2, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
