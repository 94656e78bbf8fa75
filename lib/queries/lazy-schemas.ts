import type { z } from "zod";
import { whenIdle } from "@/lib/util/when-idle";

/** The shape of an answer: at hand, or fetched beside the request. */
export type SchemaSource<Schema extends z.ZodType = z.ZodType> = Schema | (() => Promise<Schema>);

/** What an answer of that shape is read as. */
export type Read<Source> = Source extends () => Promise<infer Schema extends z.ZodType>
  ? z.output<Schema>
  : Source extends z.ZodType
    ? z.output<Source>
    : undefined;

/**
 * Schemas that are not part of a page's first load: the library behind them is a sixth of it, and no answer comes before
 * the page is painted. They are fetched when the browser is idle, at the latest with the first request that needs them;
 * a fetch that failed is tried again with the next.
 */
export function lazySchemas<Module>(load: () => Promise<Module>) {
  let loaded: Promise<Module> | null = null;
  const get = (): Promise<Module> => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
  // Offline: tried again when it is needed.
  whenIdle(() => void get().catch(() => undefined));
  return <Schema extends z.ZodType>(pick: (module: Module) => Schema) =>
    (): Promise<Schema> =>
      get().then(pick);
}
