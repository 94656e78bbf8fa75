import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { noteBackup } from "../admin/backup-note";
import { createTestServices } from "../testing/test-services";

it("tells sizes, what grows and the newest backup, and gives empty pages back", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "storage-"));
  const server = createTestServices(
    { TOUCHSTONE_DATA_DIR: folder },
    { databaseFile: path.join(folder, "touchstone.db") },
  );
  try {
    const { services, actor, deps } = server;
    const projectId = services.projects.create(actor, { name: "P", startingPrompt: "" }).id;
    const upload = new TextEncoder().encode(
      Array.from({ length: 400 }, (_, n) => `{"inputs": {"question": "${n} ${"why ".repeat(100)}"}}\n`).join(
        "",
      ),
    );
    const { importId } = await services.imports.preview(actor, projectId, upload);
    expect(services.storage.get(actor)).toMatchObject({ lastBackupAt: null, unfinishedErasures: 0 });
    noteBackup(deps.env, 5_000);
    const before = services.storage.get(actor);
    expect(before.lastBackupAt).toBe(5_000);
    expect(before.file.walBytes).toBeGreaterThan(0);
    expect(before.file.freeBytes).toBeGreaterThan(0);
    expect(before.tables.find(({ table }) => table === "record_imports")).toMatchObject({
      what: "imports",
      rows: 1,
      rowsThisWeek: 1,
    });
    expect(before.tables.map(({ bytes }) => bytes)).toEqual(
      before.tables.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
    );
    deps.repos.imports.update(importId, { source: "" });
    const after = services.storage.compact(actor);
    expect(after.file.bytes).toBeLessThan(before.file.bytes + before.file.walBytes);
    expect(after.file).toMatchObject({ emptyBytes: 0, walBytes: 0 });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
