/** What the queue has done since the server began, and in the last minute. */
export class Throughput {
  done = 0;
  failed = 0;
  private readonly ends: number[] = [];

  note(isFailed: boolean, now: number): void {
    this.done += 1;
    if (isFailed) this.failed += 1;
    this.ends.push(now);
  }

  lastMinute(now: number): number {
    const from = this.ends.findIndex((at) => at > now - 60_000);
    this.ends.splice(0, from < 0 ? this.ends.length : from);
    return this.ends.length;
  }
}
