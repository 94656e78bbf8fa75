import type { Redis } from "ioredis";

/** Longest wait before another try to connect. */
const MAX_RETRY_MS = 500;

/**
 * A connection that never gives up: what is sent while Redis is away waits for it. Loaded only where a queue is used.
 * @param onError told of each failed try; without a listener ioredis would print them
 */
export async function connectRedis(url: string, onError: (error: Error) => void): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 50, MAX_RETRY_MS),
  });
  redis.on("error", onError);
  return redis;
}
