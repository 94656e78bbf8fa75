import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { AppError } from "@/lib/contracts/errors";
import * as access from "../schema/access";
import * as evaluations from "../schema/evaluations";
import * as jobs from "../schema/jobs";
import * as judges from "../schema/judges";
import * as labels from "../schema/labels";
import * as mlflow from "../schema/mlflow";
import * as operations from "../schema/operations";
import * as projects from "../schema/projects";
import * as prompts from "../schema/prompts";
import * as records from "../schema/records";
import * as reviews from "../schema/reviews";
import * as rollouts from "../schema/rollouts";
import * as runs from "../schema/runs";
import * as targets from "../schema/targets";

const modules: readonly object[] = [
  access,
  evaluations,
  jobs,
  judges,
  labels,
  mlflow,
  operations,
  projects,
  prompts,
  records,
  reviews,
  rollouts,
  runs,
  targets,
];

/** `table.column` → what reads a stored text of it, and throws when it cannot. */
const readers = new Map(
  modules
    .flatMap((module) => Object.values(module))
    .filter((value): value is SQLiteTable => is(value, SQLiteTable))
    .flatMap((table) => {
      const { name, columns } = getTableConfig(table);
      return columns.map((column) => [`${name}.${column.name}`, column] as const);
    }),
);

/**
 * Makes sure that the program can still read a JSON text after words in it were erased.
 * Throws `conflict`: then nothing is erased, for a damaged row helps nobody.
 */
export function assertReadable(table: string, column: string, text: string): void {
  try {
    readers.get(`${table}.${column}`)?.mapFromDriverValue(text);
  } catch (cause) {
    throw new AppError(
      "conflict",
      `These words stand where the program itself reads them (${table}, ${column}). Nothing was erased. Give more of the words around them.`,
      { cause },
    );
  }
}
