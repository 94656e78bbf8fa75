import type { NextConfig } from "next";

/** Everything that is no page; pages get theirs from proxy.ts, with a nonce. */
const NOT_PAGES = ["/api/:path*", "/_next/static/:path*", "/healthz", "/readyz", "/metrics", "/icon.svg"];

/** An answer of the API is never a page: opened by itself it may load, run, frame and post nothing. */
const HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Content-Security-Policy",
    value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  },
];

const nextConfig: NextConfig = {
  headers: async () => NOT_PAGES.map((source) => ({ source, headers: HEADERS })),
  // `STANDALONE=1 npm run build`: a folder with only what runs, for the container (Dockerfile).
  output: process.env.STANDALONE === "1" ? "standalone" : undefined,
  // Several servers may be built side by side from one checkout (tests, a second developer).
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // Loaded from node_modules, not bundled: a native module, and what is loaded only where REDIS_URL is set.
  serverExternalPackages: ["better-sqlite3", "bullmq", "ioredis"],
  poweredByHeader: false,
  // `next dev` is opened at either name of the loopback address; without this the page never hydrates on one of them.
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // A lock file in a folder above must not make Next take that folder for the project.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};

export default nextConfig;
