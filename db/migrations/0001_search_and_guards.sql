-- Full-text search over records. Trigrams find parts of words in any script.
CREATE VIRTUAL TABLE record_search USING fts5(body, content='record_texts', content_rowid='row_key', tokenize='trigram');
--> statement-breakpoint
CREATE TRIGGER record_texts_inserted AFTER INSERT ON record_texts BEGIN
  INSERT INTO record_search(rowid, body) VALUES (new.row_key, new.body);
END;
--> statement-breakpoint
CREATE TRIGGER record_texts_deleted AFTER DELETE ON record_texts BEGIN
  INSERT INTO record_search(record_search, rowid, body) VALUES ('delete', old.row_key, old.body);
END;
--> statement-breakpoint
CREATE TRIGGER record_texts_updated AFTER UPDATE ON record_texts BEGIN
  INSERT INTO record_search(record_search, rowid, body) VALUES ('delete', old.row_key, old.body);
  INSERT INTO record_search(rowid, body) VALUES (new.row_key, new.body);
END;
--> statement-breakpoint
-- The seal: a set is given once.
CREATE TRIGGER records_set_is_given_once BEFORE UPDATE OF "set" ON records
WHEN old."set" <> 'unassigned' AND new."set" <> old."set" BEGIN
  SELECT raise(ABORT, 'a record keeps its set for life');
END;
--> statement-breakpoint
-- What is never overwritten.
CREATE TRIGGER alias_events_no_update BEFORE UPDATE ON alias_events BEGIN
  SELECT raise(ABORT, 'alias_events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER alias_events_no_delete BEFORE DELETE ON alias_events BEGIN
  SELECT raise(ABORT, 'alias_events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER prompt_versions_no_update BEFORE UPDATE ON prompt_versions BEGIN
  SELECT raise(ABORT, 'a prompt version never changes');
END;
--> statement-breakpoint
CREATE TRIGGER prompt_versions_no_delete BEFORE DELETE ON prompt_versions BEGIN
  SELECT raise(ABORT, 'a prompt version never changes');
END;
--> statement-breakpoint
CREATE TRIGGER target_versions_no_update BEFORE UPDATE ON target_versions BEGIN
  SELECT raise(ABORT, 'a target version never changes');
END;
--> statement-breakpoint
CREATE TRIGGER target_versions_no_delete BEFORE DELETE ON target_versions BEGIN
  SELECT raise(ABORT, 'a target version never changes');
END;
--> statement-breakpoint
CREATE TRIGGER judges_scale_is_fixed BEFORE UPDATE OF kind, scale ON judges BEGIN
  SELECT raise(ABORT, 'kind and scale of a judge never change');
END;
--> statement-breakpoint
CREATE TRIGGER judge_versions_no_update BEFORE UPDATE OF
  id, judge_id, version, origin, parent_version_id, alignment_id, instructions, anchors, good_enough, models,
  guidelines, episodes, episode_count, retrieval, rule, created_by, created_at ON judge_versions BEGIN
  SELECT raise(ABORT, 'a judge version never changes, only its status');
END;
--> statement-breakpoint
CREATE TRIGGER judge_versions_no_delete BEFORE DELETE ON judge_versions BEGIN
  SELECT raise(ABORT, 'a judge version never changes, only its status');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX judge_versions_one_in_use ON judge_versions(judge_id) WHERE status = 'in-use';
--> statement-breakpoint
CREATE TRIGGER labels_no_update BEFORE UPDATE OF
  id, project_id, trace_id, record_id, judge_id, judge_version_id, author_id, value, purpose, created_at ON labels BEGIN
  SELECT raise(ABORT, 'a label never changes, it is superseded or withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER labels_no_delete BEFORE DELETE ON labels BEGIN
  SELECT raise(ABORT, 'a label never changes, it is superseded or withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER run_events_no_update BEFORE UPDATE OF run_id, seq, type, decision, created_at ON run_events BEGIN
  SELECT raise(ABORT, 'run_events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER run_events_no_delete BEFORE DELETE ON run_events BEGIN
  SELECT raise(ABORT, 'run_events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER evidence_looks_no_delete BEFORE DELETE ON evidence_looks BEGIN
  SELECT raise(ABORT, 'a look at the sealed records is counted for ever');
END;
--> statement-breakpoint
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
  SELECT raise(ABORT, 'audit_log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
  SELECT raise(ABORT, 'audit_log is append-only');
END;
