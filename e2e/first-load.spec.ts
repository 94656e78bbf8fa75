import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { queueViewSchema } from "@/lib/contracts/labels";
import { projectSchema } from "@/lib/contracts/projects";
import { Api } from "./fixtures/api";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const BUILD = fileURLToPath(new URL("../.next", import.meta.url));
/** Kilobytes of JavaScript that a page may need at first, compressed; what is loaded on demand is not in its HTML. */
const LIMITS = { label: 190, records: 220 } as const;

test("first-load JavaScript of the pages that experts live on, from the build output", async ({
  serve,
}, info) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { id } = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  const queues = z.object({ items: z.array(queueViewSchema) });
  const [queue] = (await api.get(`/api/v1/projects/${id}/queues`, queues)).items;
  const pages = { label: `/p/${id}/label/${queue?.id}`, records: `/p/${id}/records` } as const;
  for (const name of ["label", "records"] as const) {
    const html = await (await api.fetch("GET", pages[name])).text();
    const kilobytes = await sizeOfScripts(html);
    info.annotations.push({ type: "first load", description: `${name} ${kilobytes.toFixed(0)} kB` });
    expect(kilobytes, `${name}: kB of JavaScript at first`).toBeLessThanOrEqual(LIMITS[name]);
    expect(kilobytes, `${name}: something was measured`).toBeGreaterThan(50);
  }
});

/** Every chunk that the page names, but the polyfills for browsers without modules. */
async function sizeOfScripts(html: string): Promise<number> {
  const named = new Set(html.match(/\/_next\/static\/chunks\/[\w.~/-]+\.js/g) ?? []);
  for (const tag of html.match(/<script[^>]*\bnomodule\b[^>]*>/gi) ?? []) {
    const polyfill = /\/_next\/static\/chunks\/[\w.~/-]+\.js/.exec(tag)?.[0];
    if (polyfill) named.delete(polyfill);
  }
  const sizes = await Promise.all(
    [...named].map(
      async (address) => gzipSync(await readFile(path.join(BUILD, address.replace("/_next/", "")))).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
