-- A target version never changes, but the key under which its headers are sealed does (npm run rotate-key).
DROP TRIGGER target_versions_no_update;
--> statement-breakpoint
CREATE TRIGGER target_versions_no_update BEFORE UPDATE OF
  id, target_id, version, config, content_hash, created_by, created_at ON target_versions BEGIN
  SELECT raise(ABORT, 'a target version never changes');
END;
