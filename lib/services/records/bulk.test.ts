import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bulkChangeInput } from "@/lib/contracts/record-bulk";
import { createRecordsWorld, PROJECT, recordInput } from "./testing/records-world";

let world: ReturnType<typeof createRecordsWorld>;
let ids: string[];
beforeEach(() => {
  world = createRecordsWorld();
  ids = Array.from({ length: 250 }, (_, at) => `rec_${String(at).padStart(3, "0")}`);
  world.repos.records.insertMany(
    ids.map((id, at) => ({
      ...recordInput(`Question ${at}`, "Says so.", at % 2 === 0 ? ["even"] : []),
      ...{ id, projectId: PROJECT, source: "written", actorId: "usr_ray", at },
    })),
  );
});
afterEach(() => world.database.close());

const change = (given: unknown, actor = world.ray) =>
  world.records.changeMany(actor, PROJECT, bulkChangeInput.parse(given));
const tagsOf = (id: string | undefined) => world.records.get(world.ray, id ?? "").tags;
const total = (archived: boolean) =>
  world.records.list(world.ray, PROJECT, { archived, sort: "created", limit: 1 }).total;

describe("one act on many records", () => {
  it("by filter: each gets a revision of its own, those that are so already none; undo takes all of it back", async () => {
    const result = await change({ select: { filter: { q: "Question" } }, act: { addTags: ["even"] } });
    expect(result).toMatchObject({ changed: 125, unchanged: 125, full: 0 });
    expect([tagsOf(ids[1]), world.records.get(world.ray, ids[0] ?? "").revision]).toEqual([["even"], 1]);
    expect(await world.records.undoMany(world.ray, PROJECT, result.actId ?? "")).toMatchObject({
      changed: 125,
      unchanged: 0,
    });
    expect([tagsOf(ids[1]), tagsOf(ids[0])]).toEqual([[], ["even"]]);
    expect(world.records.revisions(world.ray, ids[1] ?? "")).toHaveLength(3);
  });

  it("all that a filter fits but some are archived; what somebody changed since stays as it is on undo", async () => {
    const [kept, edited] = ids;
    const result = await change({
      select: { filter: { tag: "even" }, except: [kept] },
      act: { archived: true },
    });
    expect([result.changed, total(false), total(true)]).toEqual([124, 126, 124]);
    const other = ids[2] ?? "";
    world.records.update(world.jo, other, { tags: ["mine"] }, 2);
    expect(await world.records.undoMany(world.ray, PROJECT, result.actId ?? "")).toMatchObject({
      changed: 123,
      unchanged: 1,
    });
    expect([total(false), world.records.get(world.ray, other).archived]).toEqual([249, true]);
    expect(edited).toBeDefined();
  });

  it("is undone once, by those who may write, in its own project; records of others are not touched", async () => {
    await expect(change({ select: { ids }, act: { addTags: ["x"] } }, world.viewer)).rejects.toMatchObject({
      code: "forbidden",
    });
    const { actId } = await change({ select: { ids: [ids[0], "rec_of_others"] }, act: { addTags: ["x"] } });
    await world.records.undoMany(world.ray, PROJECT, actId ?? "");
    await expect(world.records.undoMany(world.ray, PROJECT, actId ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(world.records.undoMany(world.ray, PROJECT, "act_none")).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("a record that has thirty tags gets no more, and is counted", async () => {
    const many = Array.from({ length: 30 }, (_, at) => `tag ${at}`);
    world.records.update(world.ray, ids[1] ?? "", { tags: many }, 1);
    const result = await change({ select: { ids: ids.slice(0, 3) }, act: { addTags: ["one more"] } });
    expect(result).toMatchObject({ changed: 2, full: 1 });
  });

  it("an act that says nothing is no act", () => {
    expect(bulkChangeInput.safeParse({ select: { ids }, act: {} }).success).toBe(false);
  });
});

it("a selection is exported in the order of its list, and nothing else", () => {
  const select = {
    filter: { tag: "even", archived: false, sort: "question", dir: "desc" },
    except: [ids[8] ?? ""],
  } as const;
  const file = world.records.exportFile(world.ray, PROJECT, "csv", { ...select, except: [...select.except] });
  const rows = file.text.trim().split("\r\n");
  expect(rows).toHaveLength(125);
  expect(rows.slice(0, 3)).toEqual([
    "question,expected_response,facts,must_never,tags,critical",
    "Question 98,Says so.,,,even,no",
    "Question 96,Says so.,,,even,no",
  ]);
});
