// Version 4 of the case file: settled flows (docs/settling.md). A shipped migration is never edited: a test holds its hash.

export const SQL = `
-- Derived: can be deleted and rebuilt to the same bytes.
CREATE TABLE settled_segment (
  segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
  flows INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE settled_day (
  day INTEGER PRIMARY KEY,
  segments BLOB NOT NULL,
  codec INTEGER NOT NULL,
  at_hand BLOB NOT NULL,
  clocks TEXT NOT NULL
) STRICT;
`;
