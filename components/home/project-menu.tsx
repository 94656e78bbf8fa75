"use client";

import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { updateProject } from "@/lib/queries/projects";

const LazyDuplicate = lazyPart(() => import("./duplicate-dialog").then((module) => module.DuplicateDialog));
const LazyDelete = lazyPart(() => import("./delete-dialog").then((module) => module.DeleteDialog));

interface NamedProject {
  id: string;
  name: string;
}

/** What its admin can do with a whole project. */
export function ProjectMenu({ project }: { project: NamedProject }) {
  const [open, setOpen] = useState<"duplicate" | "delete" | null>(null);
  const archive = useArchive(project);
  const put = (which: "duplicate" | "delete") => (isOpen: boolean) => setOpen(isOpen ? which : null);
  return (
    <>
      <Menu
        label={`What to do with ${project.name}`}
        trigger={
          <IconButton
            size="sm"
            label={`More for ${project.name}`}
            icon={<MoreHorizontal aria-hidden="true" className="size-4" />}
          />
        }
      >
        <MenuItem onSelect={() => setOpen("duplicate")}>Duplicate</MenuItem>
        <MenuItem onSelect={() => void archive(true)} hint="It can be brought back">
          Archive
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setOpen("delete")}>Delete…</MenuItem>
      </Menu>
      <LazyDuplicate
        isNeeded={open === "duplicate"}
        project={project}
        isOpen={open === "duplicate"}
        onOpenChange={put("duplicate")}
      />
      <LazyDelete
        isNeeded={open === "delete"}
        project={project}
        isOpen={open === "delete"}
        onOpenChange={put("delete")}
      />
    </>
  );
}

/** Out of the way and back again, with a way back in the message. */
export function useArchive(project: NamedProject): (archived: boolean) => Promise<void> {
  const router = useRouter();
  const { toast } = useToast();
  const put = async (archived: boolean): Promise<void> => {
    try {
      await updateProject(project.id, { archived });
      router.refresh();
      toast({
        title: archived ? `“${project.name}” is archived.` : `“${project.name}” is back.`,
        mark: "done",
        ...(archived ? { action: { label: "Undo", onSelect: () => void put(false) } } : {}),
      });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return put;
}
