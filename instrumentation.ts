/** Once a server process: opens the database, prints the first-run link, takes interrupted jobs up again. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./lib/services/start-server");
  startServer();
}
