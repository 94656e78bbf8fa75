// The container's health check: 0 when the server is ready.
const port = process.env.PORT || "3000";
const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
