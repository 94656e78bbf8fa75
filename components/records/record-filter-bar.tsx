"use client";

import { useEffect, useRef, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { cx } from "@/components/ui/cx";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { RecordSet } from "@/lib/contracts/word-lists";
import type { RecordFilters, RecordSort } from "@/lib/view-models/record-filters";

const SEARCH_AFTER_MS = 250;
const EVERY = "";

const SETS: readonly { value: RecordSet | typeof EVERY; label: string }[] = [
  { value: EVERY, label: "Every set" },
  { value: "practice", label: "Practice" },
  { value: "sealed", label: "Sealed" },
  { value: "unassigned", label: "Not used yet" },
];

const SORTS: readonly { value: RecordSort; label: string }[] = [
  { value: "created", label: "Newest first" },
  { value: "updated", label: "Last changed first" },
  { value: "question", label: "Question, A to Z" },
  { value: "set", label: "Set" },
  { value: "grade", label: "Lowest grade first" },
];

interface RecordFilterBarProps {
  filters: RecordFilters;
  tags: readonly { tag: string; count: number }[];
  onChange: (filters: RecordFilters) => void;
  /** A record is open beside the list. */
  isNarrow: boolean;
  /** How many records fit. */
  total: number;
}

/** Search and filters. What is filtered by stands as a chip that takes it away; the address holds all of it. */
export function RecordFilterBar({ filters, tags, onChange, isNarrow, total }: RecordFilterBarProps) {
  const tagOptions = [
    { value: EVERY, label: "Every tag" },
    ...tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` })),
  ];
  const { tag, needsWork, archived, ...rest } = filters;
  return (
    <search aria-label="Records" className="mb-3 block space-y-2">
      <div className={cx("grid grid-cols-2 gap-2", !isNarrow && "sm:grid-cols-4")}>
        <SearchInput
          value={filters.q ?? ""}
          onChange={(q) => onChange({ ...filters, q: q === "" ? undefined : q })}
        />
        <Select
          aria-label="Tag"
          options={tagOptions}
          value={tag ?? EVERY}
          onValueChange={(chosen) => onChange({ ...filters, tag: chosen === EVERY ? undefined : chosen })}
        />
        <Select
          aria-label="Set"
          options={SETS}
          value={filters.set ?? EVERY}
          onValueChange={(set) => onChange({ ...filters, set: set === EVERY ? undefined : set })}
        />
        <Select
          aria-label="Order"
          options={SORTS}
          value={filters.sort ?? "created"}
          onValueChange={(sort) =>
            onChange({ ...filters, sort: sort === "created" ? undefined : sort, dir: undefined })
          }
        />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {tag !== undefined && (
          <Chip onRemove={() => onChange({ ...rest, needsWork, archived })}>tag: {tag}</Chip>
        )}
        <Chip
          isSelected={needsWork === true}
          onToggle={() => onChange({ ...filters, needsWork: needsWork ? undefined : true })}
        >
          needs work
        </Chip>
        <Chip
          isSelected={archived === true}
          onToggle={() => onChange({ ...filters, archived: archived ? undefined : true })}
        >
          archived
        </Chip>
        <p className="ms-auto text-ink-muted tabular-nums">
          {total.toLocaleString("en")} {total === 1 ? "record" : "records"}
        </p>
      </div>
    </search>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // the address changed by other means, such as Back
  if (value !== told) {
    setTold(value);
    setText(value);
  }
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setTold(next.trim());
      onChange(next.trim());
    }, SEARCH_AFTER_MS);
  };
  return (
    <Input
      type="search"
      id="record-search"
      aria-label="Search records"
      placeholder="Search"
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}
