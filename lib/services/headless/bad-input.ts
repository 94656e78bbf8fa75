/** What was given cannot be used. Each problem says what is wrong, where, and what to do. */
export class BadInput extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "BadInput";
  }
}
