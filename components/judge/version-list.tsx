"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { JudgePage } from "@/lib/contracts/judge-page";

type Version = JudgePage["versions"][number];

interface VersionListProps {
  versions: readonly Version[];
  /** The version that the page shows; the others are compared with it. */
  shownId: string;
  compareHref: (beforeId: string, afterId: string) => string;
  /** Null for people who may not decide that. */
  onUse: ((version: Version) => void) | null;
}

const ORIGIN = { written: "written", edited: "edited by hand", aligned: "taught" } as const;
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** Every version there ever was; each can be put to use again. */
export function VersionList({ versions, shownId, compareHref, onUse }: VersionListProps) {
  const shown = versions.find(({ id }) => id === shownId);
  const columns: TableColumn<Version>[] = [
    { key: "version", header: "Version", cell: ({ version }) => `v${version}`, isRowHeader: true },
    { key: "state", header: "State", cell: (version) => <State version={version} /> },
    { key: "origin", header: "How", cell: ({ origin }) => ORIGIN[origin] },
    { key: "memory", header: "Remembered answers", cell: memoryWords },
    { key: "by", header: "By", cell: ({ createdBy, createdAt }) => `${createdBy}, ${day.format(createdAt)}` },
    {
      key: "compare",
      header: "Compare",
      cell: (version) =>
        shown &&
        version.id !== shownId && (
          <TextLink
            href={
              version.version < shown.version
                ? compareHref(version.id, shownId)
                : compareHref(shownId, version.id)
            }
          >
            with v{shown.version}
          </TextLink>
        ),
    },
    ...(onUse === null
      ? []
      : [
          {
            key: "use",
            header: "",
            cell: (version: Version) =>
              version.status !== "in-use" && (
                <Button size="sm" onClick={() => onUse(version)}>
                  Use v{version.version}
                </Button>
              ),
          },
        ]),
  ];
  return <Table caption="Versions of the judge" columns={columns} rows={versions} rowKey={({ id }) => id} />;
}

function State({ version: { status } }: { version: Version }) {
  if (status === "in-use")
    return (
      <Badge tone="better" icon={<span aria-hidden="true">✓</span>}>
        in use
      </Badge>
    );
  return <Badge>{status === "draft" ? "draft" : "earlier"}</Badge>;
}

function memoryWords({ episodeCount, retrieval }: Version): string {
  if (episodeCount === 0) return "none";
  return `${episodeCount}, found by ${retrieval === "embedding" ? "meaning" : "words"}`;
}
