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

const BAR_CELLS = 16;
/** A terminal that does not say how wide it is (none, or 0 columns) is taken for a common one. */
const UNKNOWN_COLUMNS = 80;
/** Without a terminal, a line at most this often. */
const LINE_MS = 10_000;
const CLEAR_LINE = "\r\u001b[2K";

/** A bar that moves on a terminal; else a line now and then. */
export function createProgressLine(stream: ProgressStream, now: () => number): ProgressLine {
  const isTerminal = stream.isTTY === true;
  let shown = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  const pace = createPace(now);
  return {
    show: (progress) => {
      const words = wordsOf(progress, pace.leftOf(progress));
      if (isTerminal) {
        shown = `${barOf(progress)} ${words}`.slice(0, Math.max(20, (stream.columns || UNKNOWN_COLUMNS) - 1));
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

/** Answers that have to be in before a pace can be told. */
const PACE_ANSWERS = 5;

/** How long the rest takes at the pace so far: a search may end before its budget, so it is the longest it should take. */
function createPace(now: () => number) {
  let first: { at: number; calls: number } | null = null;
  return {
    leftOf({ metricCalls, maxMetricCalls }: Progress): string {
      first ??= { at: now(), calls: metricCalls };
      const answers = metricCalls - first.calls;
      if (answers < PACE_ANSWERS || metricCalls >= maxMetricCalls) return "";
      const leftMs = ((now() - first.at) / answers) * (maxMetricCalls - metricCalls);
      return `, at most ${durationOf(leftMs)} left`;
    },
  };
}

function durationOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

function barOf({ metricCalls, maxMetricCalls }: Progress): string {
  const full = Math.min(BAR_CELLS, Math.floor((metricCalls / maxMetricCalls) * BAR_CELLS));
  return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}]`;
}

/** The most telling first: a narrow terminal cuts the end off. */
function wordsOf({ metricCalls, maxMetricCalls, best, edits }: Progress, left: string): string {
  const score = best === null ? "" : `, best about ${best.toFixed(2)}`;
  const tried = `${edits} ${edits === 1 ? "edit" : "edits"} tried`;
  return `${metricCalls} of ${maxMetricCalls} scored answers${left}${score}, ${tried}`;
}
