import type { Progress } from "./watch-run";

/** Where progress is shown: stderr, or a stand-in. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  show(progress: Progress): void;
  /** A line of words; the bar moves below it. */
  say(text: string): void;
  /** Takes the bar away. */
  end(): void;
}

const BAR_CELLS = 24;
/** Without a terminal, a line at most this often. */
const LINE_MS = 10_000;
const CLEAR_LINE = "\r\u001b[2K";

/** A bar that moves on a terminal; else a line now and then. */
export function createProgressLine(stream: ProgressStream, now: () => number): ProgressLine {
  const isTerminal = stream.isTTY === true;
  let shown = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    show: (progress) => {
      const words = wordsOf(progress);
      if (isTerminal) {
        shown = `${barOf(progress)} ${words}`.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
        stream.write(`${CLEAR_LINE}${shown}`);
      } else if (now() - lastAt >= LINE_MS) {
        lastAt = now();
        stream.write(`${words}\n`);
      }
    },
    say: (text) => void stream.write(isTerminal ? `${CLEAR_LINE}${text}\n${shown}` : `${text}\n`),
    end: () => {
      if (isTerminal && shown !== "") stream.write(CLEAR_LINE);
      shown = "";
    },
  };
}

function barOf({ metricCalls, maxMetricCalls }: Progress): string {
  const full = Math.min(BAR_CELLS, Math.floor((metricCalls / maxMetricCalls) * BAR_CELLS));
  return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}]`;
}

function wordsOf({ metricCalls, maxMetricCalls, best, edits }: Progress): string {
  const score = best === null ? "" : `, best about ${best.toFixed(2)}`;
  return `${metricCalls} of ${maxMetricCalls} scored answers, ${edits} ${edits === 1 ? "edit" : "edits"} tried${score}`;
}
