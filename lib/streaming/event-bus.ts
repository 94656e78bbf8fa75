import type { RunEvent } from "@/lib/contracts/run-events";
import { jobTopic, runTopic, type Topic } from "./topics";

/**
 * Something was committed. `seq` is its place in the topic's store, `item` a copy that spares a read. The message is
 * a hint: whoever follows a topic reads the store where a message is missing.
 */
export interface BusMessage {
  seq: number;
  /** False for ticks that may wait a moment for others. */
  isUrgent: boolean;
  item: unknown;
}

export type BusListener = (message: BusMessage | "ended") => void;

/** Carries news inside this process, after it is committed. Never throws; a listener's error reaches nobody else. */
export interface EventBus {
  publish(topic: Topic, message: BusMessage): void;
  /** Nothing more will come on this topic, until it is published to again. */
  end(topic: Topic): void;
  /** @returns a function that ends the subscription; calling it twice does no harm. */
  subscribe(topic: Topic, listener: BusListener): () => void;
  /** Open subscriptions, all topics. */
  subscriberCount(): number;
  /** Messages published since the process began. */
  publishedCount(): number;
}

/** @param onError told of a listener that threw, which is a bug of the listener */
export function createEventBus(onError: (error: unknown) => void = () => {}): EventBus {
  const listeners = new Map<Topic, Set<BusListener>>();
  let published = 0;
  const tell = (topic: Topic, message: BusMessage | "ended"): void => {
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      try {
        listener(message);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    publish(topic, message) {
      published += 1;
      tell(topic, message);
    },
    end: (topic) => tell(topic, "ended"),
    subscribe(topic, listener) {
      const known = listeners.get(topic) ?? new Set();
      // one subscription, even when the same function subscribes twice
      const own: BusListener = (message) => listener(message);
      listeners.set(topic, known.add(own));
      return () => {
        known.delete(own);
        if (known.size === 0 && listeners.get(topic) === known) listeners.delete(topic);
      };
    },
    subscriberCount: () => [...listeners.values()].reduce((count, { size }) => count + size, 0),
    publishedCount: () => published,
  };
}

const TICKS: ReadonlySet<RunEvent["body"]["type"]> = new Set([
  "rollout-finished",
  "budget-updated",
  "money-updated",
  "forecast-updated",
]);

/** Tells whoever follows the run of events that were just committed, in order of their `seq`. */
export function publishRunEvents(bus: EventBus, events: readonly RunEvent[]): void {
  for (const event of events) {
    bus.publish(runTopic(event.runId), {
      seq: event.seq,
      isUrgent: !TICKS.has(event.body.type),
      item: event,
    });
  }
}

/** Tells whoever follows the job that its row has changed. */
export function publishJob(bus: EventBus, jobId: string): void {
  bus.publish(jobTopic(jobId), { seq: 0, isUrgent: false, item: undefined });
}
