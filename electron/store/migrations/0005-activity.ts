// Version 5 of the case file: activity by key and hour of each segment. A shipped migration is never edited: a test holds its hash.

export const SQL = `
-- Derived: can be deleted and rebuilt to the same bytes.
CREATE TABLE segment_activity (
  segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
  settled INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  counts BLOB NOT NULL,
  sums BLOB NOT NULL
) STRICT;
`;
