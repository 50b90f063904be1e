-- Whole months go from the front of the journal: a checkpoint says where it begins now.
CREATE TABLE checkpoint_anew (
    seq INTEGER NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('periodic', 'set-aside', 'lost', 'cut')),
    at INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (seq, why)
) STRICT, WITHOUT ROWID;

INSERT INTO checkpoint_anew SELECT seq, why, at, hash FROM checkpoint;
DROP TABLE checkpoint;
ALTER TABLE checkpoint_anew RENAME TO checkpoint;

CREATE TRIGGER checkpoint_is_not_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER checkpoint_is_not_cut BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

DROP TRIGGER journal_is_not_cut;
CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM checkpoint WHERE why = 'cut')
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
