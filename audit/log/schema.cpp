#include "audit/log/schema.h"

namespace linkaudit::log {

const char* truth_tables() {
  return R"sql(
CREATE TABLE entry(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('observation', 'attestation', 'gap', 'run', 'waiver', 'annotation', 'catalog', 'report')),
  record BLOB NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
CREATE TABLE fact(digest BLOB PRIMARY KEY CHECK (length(digest) = 32), data BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE node(number INTEGER PRIMARY KEY, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
CREATE TABLE dictionary(id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE slot(
  name TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (name, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_by_digest ON slot(digest);

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  BEGIN SELECT raise(ABORT, 'entries are only added at the end'); END;
CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact BEGIN SELECT raise(ABORT, 'facts are never changed'); END;
CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact BEGIN SELECT raise(ABORT, 'facts are never deleted'); END;
CREATE TRIGGER fact_once BEFORE INSERT ON fact WHEN EXISTS (SELECT 1 FROM fact WHERE digest = NEW.digest)
  BEGIN SELECT raise(ABORT, 'facts are never replaced'); END;
CREATE TRIGGER node_no_update BEFORE UPDATE ON node BEGIN SELECT raise(ABORT, 'tree nodes are never changed'); END;
CREATE TRIGGER node_no_delete BEFORE DELETE ON node BEGIN SELECT raise(ABORT, 'tree nodes are never deleted'); END;
CREATE TRIGGER node_in_order BEFORE INSERT ON node WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM node)
  BEGIN SELECT raise(ABORT, 'tree nodes are only added at the end'); END;
CREATE TRIGGER dictionary_no_update BEFORE UPDATE ON dictionary
  BEGIN SELECT raise(ABORT, 'the dictionary is never changed'); END;
CREATE TRIGGER dictionary_no_delete BEFORE DELETE ON dictionary
  BEGIN SELECT raise(ABORT, 'the dictionary is never deleted'); END;
CREATE TRIGGER dictionary_once BEFORE INSERT ON dictionary WHEN EXISTS (SELECT 1 FROM dictionary)
  BEGIN SELECT raise(ABORT, 'the dictionary is never replaced'); END;
)sql";
}

const char* checkpoint_tables() {
  return R"sql(
CREATE TABLE checkpoint(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX checkpoint_by_size ON checkpoint(size);

CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
  BEGIN SELECT raise(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
  BEGIN SELECT raise(ABORT, 'checkpoints are never deleted'); END;
CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON checkpoint
  WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM checkpoint)
  BEGIN SELECT raise(ABORT, 'checkpoints are only added at the end'); END;

CREATE VIEW v_checkpoints AS
SELECT number, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, size AS entries, note FROM checkpoint;
)sql";
}

const char* timestamp_tables() {
  return R"sql(
CREATE TABLE timestamp(
  number INTEGER PRIMARY KEY,
  checkpoint INTEGER NOT NULL,
  request BLOB NOT NULL,
  reply BLOB NOT NULL
) STRICT;

CREATE TRIGGER timestamp_no_update BEFORE UPDATE ON timestamp
  BEGIN SELECT raise(ABORT, 'timestamps are never changed'); END;
CREATE TRIGGER timestamp_no_delete BEFORE DELETE ON timestamp
  BEGIN SELECT raise(ABORT, 'timestamps are never deleted'); END;
CREATE TRIGGER timestamp_in_order BEFORE INSERT ON timestamp
  WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM timestamp)
  BEGIN SELECT raise(ABORT, 'timestamps are only added at the end'); END;
)sql";
}

const char* blob_tables() {
  return R"sql(
CREATE TABLE blob(
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  lasting INTEGER NOT NULL CHECK (lasting IN (0, 1) OR lasting = 2 AND kind IN ('manifest', 'heads', 'body')),
  base INTEGER,
  parts TEXT,
  data BLOB
) STRICT;
CREATE INDEX blob_by_digest ON blob(substr(digest, 1, 4));
CREATE TABLE base(name INTEGER PRIMARY KEY, blob INTEGER NOT NULL) STRICT;

CREATE TRIGGER blob_once BEFORE INSERT ON blob WHEN EXISTS (SELECT 1 FROM blob WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM blob WHERE substr(digest, 1, 4) = substr(NEW.digest, 1, 4) AND digest = NEW.digest)
  BEGIN SELECT raise(ABORT, 'blobs are never replaced'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob WHEN OLD.lasting <> 0
  BEGIN SELECT raise(ABORT, 'what was kept is never forgotten'); END;
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob WHEN NEW.id IS NOT OLD.id OR NEW.digest IS NOT OLD.digest
  OR NEW.lasting = 0 AND OLD.lasting <> 0
  OR NEW.kind IS NOT OLD.kind AND (OLD.kind IN ('screenshot', 'catalog') OR NEW.kind NOT IN ('screenshot', 'catalog'))
  BEGIN SELECT raise(ABORT, 'what was kept is only marked as pruned, or as what stays'); END;
)sql";
}

const char* projection_tables() {
  return R"sql(
CREATE TABLE cell(
  id INTEGER PRIMARY KEY,
  link TEXT NOT NULL,
  url TEXT NOT NULL,
  platform TEXT NOT NULL,
  context TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE stream(
  id INTEGER PRIMARY KEY,
  cell INTEGER NOT NULL,
  tier TEXT NOT NULL,
  observer TEXT NOT NULL,
  method TEXT NOT NULL,
  vantage TEXT NOT NULL
) STRICT;
CREATE TABLE state(
  id INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL,
  blame TEXT NOT NULL,
  rule TEXT NOT NULL,
  context_specific INTEGER,
  steps INTEGER,
  presentation TEXT,
  failure TEXT,
  network_failure INTEGER NOT NULL
) STRICT;
CREATE TABLE observation(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  state INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  valid_days INTEGER
) STRICT;
CREATE INDEX observation_by_at ON observation(at);
CREATE INDEX observation_by_stream ON observation(stream, at);
CREATE TABLE span(
  stream INTEGER NOT NULL,
  first INTEGER NOT NULL,
  first_entry INTEGER NOT NULL,
  last INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  state INTEGER NOT NULL,
  count INTEGER NOT NULL,
  valid_days INTEGER,
  PRIMARY KEY (stream, first, first_entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE gap(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  cell INTEGER NOT NULL,
  schedule TEXT NOT NULL,
  reason TEXT NOT NULL,
  method TEXT NOT NULL,
  vantage TEXT NOT NULL
) STRICT;
CREATE INDEX gap_by_at ON gap(at);
CREATE TABLE run(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  "trigger" TEXT NOT NULL,
  schedule TEXT NOT NULL,
  vantage TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  planned INTEGER NOT NULL,
  observed INTEGER NOT NULL,
  gaps INTEGER NOT NULL,
  catalog_version TEXT NOT NULL
) STRICT;
CREATE TABLE catalog(entry INTEGER PRIMARY KEY, at INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT;
CREATE TABLE fire(
  schedule TEXT NOT NULL,
  cell INTEGER NOT NULL,
  planned INTEGER NOT NULL,
  PRIMARY KEY (schedule, cell)
) STRICT, WITHOUT ROWID;
CREATE TABLE attestation(identity BLOB PRIMARY KEY, entry INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE annotation(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  about INTEGER NOT NULL,
  replacement INTEGER,
  "by" TEXT NOT NULL,
  note TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE INDEX annotation_by_about ON annotation(about);
CREATE INDEX annotation_by_replacement ON annotation(replacement) WHERE replacement IS NOT NULL;
CREATE TABLE waiver(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  waiver TEXT NOT NULL,
  change TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE remark(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  obligation TEXT NOT NULL,
  platform TEXT NOT NULL,
  context TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE report(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  template TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE look(
  quarter INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (quarter, simulated, type, reason)
) STRICT, WITHOUT ROWID;
)sql";
}

const char* views() {
  return R"sql(
CREATE VIEW v_entries AS
SELECT seq AS entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at / 1000.0, 'unixepoch') AS recorded_at, type, lower(hex(leaf)) AS leaf
FROM entry;

CREATE VIEW v_observations AS
SELECT o.entry, strftime('%Y-%m-%dT%H:%M:%fZ', o.at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', e.recorded_at / 1000.0, 'unixepoch') AS recorded_at, e.type,
       nullif(c.link, '') AS link, nullif(c.url, '') AS unlisted_url, nullif(c.platform, '') AS platform, c.context,
       s.method, s.tier, s.vantage, nullif(s.observer, '') AS observer, s.observer || '|' || s.method || '|' || s.vantage AS source,
       c.simulated, t.outcome,
       CASE WHEN t.outcome = 'direct' THEN 1 WHEN t.outcome IN ('challenge', 'unreachable', 'unclassified') THEN NULL ELSE 0 END
         AS opens_directly,
       t.steps, nullif(t.rule, '') AS rule, t.blame, t.context_specific, t.presentation, t.failure, o.valid_days,
       (SELECT a.entry FROM annotation AS a WHERE a.about = o.entry AND a.kind <> 'note') AS withdrawn_by
FROM observation AS o JOIN entry AS e ON e.seq = o.entry JOIN stream AS s ON s.id = o.stream
  JOIN cell AS c ON c.id = s.cell JOIN state AS t ON t.id = o.state;

CREATE VIEW v_spans AS
SELECT nullif(c.link, '') AS link, nullif(c.url, '') AS unlisted_url, nullif(c.platform, '') AS platform, c.context, s.tier,
       s.observer || '|' || s.method || '|' || s.vantage AS source, c.simulated, t.outcome, t.blame, nullif(t.rule, '') AS rule,
       t.context_specific, t.steps, t.presentation, t.failure,
       strftime('%Y-%m-%dT%H:%M:%fZ', p.first / 1000.0, 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%fZ', p.last / 1000.0, 'unixepoch') AS last, p.count, p.first_entry, p.last_entry
FROM span AS p JOIN stream AS s ON s.id = p.stream JOIN cell AS c ON c.id = s.cell JOIN state AS t ON t.id = p.state;

CREATE VIEW v_findings_input AS
SELECT c.link, c.platform, c.context, s.tier, s.observer || '|' || s.method || '|' || s.vantage AS source,
       s.method = 'attestation' AS attestation, p.valid_days, c.simulated, t.outcome, t.blame, t.context_specific, t.steps,
       t.presentation, t.network_failure, strftime('%Y-%m-%dT%H:%M:%fZ', p.first / 1000.0, 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%fZ', p.last / 1000.0, 'unixepoch') AS last, p.count, p.first_entry, p.last_entry
FROM span AS p JOIN stream AS s ON s.id = p.stream JOIN cell AS c ON c.id = s.cell JOIN state AS t ON t.id = p.state
WHERE c.link <> '';

CREATE VIEW v_gaps AS
SELECT g.entry, strftime('%Y-%m-%dT%H:%M:%fZ', g.at / 1000.0, 'unixepoch') AS at, c.link, c.platform, c.context,
       nullif(g.schedule, '') AS schedule, g.reason, g.method, g.vantage, c.simulated
FROM gap AS g JOIN cell AS c ON c.id = g.cell;

CREATE VIEW v_runs AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', ended / 1000.0, 'unixepoch') AS ended, "trigger", nullif(schedule, '') AS schedule,
       vantage, simulated, planned, observed, gaps, catalog_version
FROM run;

CREATE VIEW v_annotations AS
SELECT a.entry, strftime('%Y-%m-%dT%H:%M:%fZ', a.at / 1000.0, 'unixepoch') AS at, a.kind, a.about, a.replacement, a."by",
       a.note, a.simulated
FROM annotation AS a;

CREATE VIEW v_waivers AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, waiver, change, simulated
FROM waiver;

CREATE VIEW v_remarks AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, obligation, platform, context, simulated
FROM remark;

CREATE VIEW v_reports AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', as_of / 1000.0, 'unixepoch') AS as_of, template, file, sha256, simulated
FROM report;
)sql";
}

const char* evidence_view() {
  return R"sql(
CREATE VIEW v_evidence AS
SELECT lower(hex(digest)) AS sha256, kind, size AS bytes, length(data) AS stored_bytes,
       strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at / 1000.0, 'unixepoch') AS recorded_at
FROM blob WHERE data IS NOT NULL;
)sql";
}

}  // namespace linkaudit::log
