// Version 3 of the case file: an account that adds up, what each member turned out to be, and which members are copies of one blob.
// A shipped migration is never edited: a test holds its hash.

export const SQL = `
-- As logged. Rows of earlier versions have none of it: NULL; their account follows from record_run and reject.
ALTER TABLE member ADD COLUMN rejected_records INTEGER;
ALTER TABLE member ADD COLUMN rejected_tuples INTEGER;
ALTER TABLE member ADD COLUMN duplicate_tuples INTEGER;
ALTER TABLE member ADD COLUMN nic_id INTEGER REFERENCES nic (id);
ALTER TABLE member ADD COLUMN flow_log_id INTEGER REFERENCES flow_log (id);
ALTER TABLE member ADD COLUMN first_hour INTEGER;
ALTER TABLE member ADD COLUMN last_hour INTEGER;
ALTER TABLE member ADD COLUMN blob INTEGER;
ALTER TABLE member ADD COLUMN remark TEXT;

-- Derived: a row a member that is a later download of a blob which an earlier member holds too.
CREATE TABLE member_copy (
  member_id INTEGER PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
  earlier_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  relation TEXT NOT NULL CHECK (relation IN ('same', 'extension', 'earlier', 'altered')),
  missing INTEGER NOT NULL
) STRICT;
CREATE INDEX member_copy_earlier ON member_copy (earlier_id);
`;
