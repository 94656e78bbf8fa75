import { AppError } from "@/lib/contracts/errors";

/** What can be asked of: a prompt or a version, with its tags by name. */
export interface Searchable {
  name: string;
  tags: Readonly<Record<string, string>>;
}

interface Clause {
  /** `name`, or the name of a tag. */
  key: string;
  isTag: boolean;
  comparator: string;
  value: string;
}

const MOST_CHARS = 4_000;
const PART =
  /^\s*(?:(?:(tags?)\.(?:`([^`]+)`|"([^"]+)"|([\w.-]+)))|(?:attributes?\.)?(name))\s*(=|!=|ilike|like)\s*(?:'([^']*)'|"([^"]*)")\s*/i;

/**
 * Reads a filter of MLflow's registry search, such as ``tags.`a.b` = 'true' AND name ILIKE '%x%'``. Conditions are
 * joined by AND, as there. Throws `invalid-input` with the part that cannot be read.
 */
export function parseRegistryFilter(filter: string): (item: Searchable) => boolean {
  const clauses: Clause[] = [];
  let rest = filter.slice(0, MOST_CHARS);
  if (filter.length > MOST_CHARS) throw unreadable("it is longer than 4,000 characters");
  while (rest.trim() !== "") {
    const match = PART.exec(rest);
    if (!match) throw unreadable(`"${rest.trim().slice(0, 80)}"`);
    const [whole, tagWord, backticked, quoted, bare, , comparator = "", single, double] = match;
    const key = tagWord === undefined ? "name" : (backticked ?? quoted ?? bare ?? "");
    const value = single ?? double ?? "";
    clauses.push({ key, isTag: tagWord !== undefined, comparator: comparator.toUpperCase(), value });
    rest = rest.slice(whole.length);
    if (rest.trim() === "") break;
    const joined = /^and\s/i.exec(rest);
    if (!joined) throw unreadable(`"${rest.trim().slice(0, 80)}"`);
    rest = rest.slice(joined[0].length);
  }
  return (item) => clauses.every((clause) => holds(clause, item));
}

function holds({ key, isTag, comparator, value }: Clause, item: Searchable): boolean {
  const actual = isTag ? item.tags[key] : item.name;
  // As there: what has no such tag matches no condition on it.
  if (actual === undefined) return false;
  switch (comparator) {
    case "=":
      return actual === value;
    case "!=":
      return actual !== value;
    case "LIKE":
      return isLike(actual, value);
    default:
      return isLike(actual.toLowerCase(), value.toLowerCase());
  }
}

/** SQL's LIKE: `%` stands for any text, `_` for one character. Greedy with one step back, so linear in practice. */
function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let from = 0;
  let starAt = -1;
  let starFrom = 0;
  while (at < text.length) {
    if (pattern[from] === "%") {
      starAt = from;
      starFrom = at;
      from += 1;
    } else if (from < pattern.length && (pattern[from] === "_" || pattern[from] === text[at])) {
      at += 1;
      from += 1;
    } else if (starAt >= 0) {
      starFrom += 1;
      at = starFrom;
      from = starAt + 1;
    } else return false;
  }
  while (pattern[from] === "%") from += 1;
  return from === pattern.length;
}

function unreadable(what: string): AppError {
  return new AppError(
    "invalid-input",
    `The filter cannot be read: ${what}. Conditions on name and tags (=, !=, LIKE, ILIKE) joined by AND are possible.`,
  );
}
