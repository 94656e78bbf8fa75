import { integer, text } from "drizzle-orm/sqlite-core";

/** Sortable, prefixed id (lib/util/ids). */
export const id = () => text("id").primaryKey();

/** Milliseconds since 1970; every table has it. */
export const createdAt = () => integer("created_at").notNull();

export const updatedAt = () => integer("updated_at").notNull();

/** Who did it: id of a user or an API key, or `system`. No reference, for the act outlives the account. */
export const createdBy = () => text("created_by").notNull();

export const flag = (name: string) => integer(name, { mode: "boolean" });
