// Version 2 of the case file: what people write about a case. A shipped migration is never edited: a test holds its hash.

export const SQL = `
-- Written by people: only ever appended to, each entry chained to the one before.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  time INTEGER NOT NULL,
  operation TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
`;
