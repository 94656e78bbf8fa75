/** What a spreadsheet would carry out, with the apostrophes that were put before it. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A cell that begins like a formula gets an apostrophe: a spreadsheet must not carry out what a record says. */
export function guardCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `guardCell`. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
