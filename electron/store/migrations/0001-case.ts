// Version 1 of the case file. A shipped migration is never edited: a test holds its hash. docs/case-format.md explains each table.

export const SQL = `
-- As logged: written by adding evidence, never changed after.
CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 BLOB,
  bytes INTEGER NOT NULL,
  embedded INTEGER NOT NULL,
  added_time INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'whole')),
  status TEXT NOT NULL,
  reason TEXT
) STRICT;
CREATE TABLE folder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  path TEXT NOT NULL
) STRICT;
CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 BLOB,
  file_bytes INTEGER NOT NULL,
  file_time INTEGER NOT NULL,
  file_sha256 BLOB,
  evidence_at INTEGER,
  records INTEGER NOT NULL,
  duplicate_records INTEGER NOT NULL,
  tuples INTEGER NOT NULL,
  rejects INTEGER NOT NULL,
  first_time INTEGER,
  last_time INTEGER,
  state TEXT NOT NULL CHECK (state IN ('open', 'whole')),
  status TEXT NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX member_source ON member (source_id);
CREATE TABLE nic (id INTEGER PRIMARY KEY AUTOINCREMENT, mac TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE flow_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource TEXT,
  guid TEXT,
  target TEXT,
  format TEXT NOT NULL
) STRICT;
CREATE TABLE acl (id INTEGER PRIMARY KEY AUTOINCREMENT, spelling TEXT NOT NULL UNIQUE, entity TEXT NOT NULL) STRICT;
CREATE TABLE rule (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE context (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  nic_id INTEGER REFERENCES nic (id),
  flow_log_id INTEGER NOT NULL REFERENCES flow_log (id),
  acl_id INTEGER REFERENCES acl (id),
  rule_id INTEGER REFERENCES rule (id),
  encryption TEXT
) STRICT;
CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  first_member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  tuples INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  contexts BLOB NOT NULL,
  other_states TEXT
) STRICT;
CREATE INDEX segment_member ON segment (first_member_id);
CREATE INDEX segment_source ON segment (source_id);
CREATE TABLE segment_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (segment_id, part)
) STRICT;
CREATE TABLE record_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  first_member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  last_member_id INTEGER NOT NULL,
  records INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX record_run_member ON record_run (first_member_id);
CREATE INDEX record_run_source ON record_run (source_id);
CREATE TABLE reject (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  tuple INTEGER,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX reject_member ON reject (member_id);
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  length INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (source_id, at)
) STRICT;
CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Derived: can be deleted and rebuilt to the same bytes.
CREATE TABLE endpoint_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  first INTEGER NOT NULL,
  endpoints INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE conversation_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  first INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE segment_conversation (
  segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
`;
