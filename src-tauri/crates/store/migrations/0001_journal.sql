CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Instants are milliseconds UTC, as everywhere in this database.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    event TEXT NOT NULL,
    environment TEXT NOT NULL,
    slot TEXT,
    code INTEGER,
    detail TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX journal_by_subject ON journal (subject, seq);
CREATE INDEX journal_by_slot ON journal (slot, seq) WHERE slot IS NOT NULL;
CREATE INDEX journal_by_at ON journal (at);

-- A head of the chain as it was at some time, or where the chain had to start anew.
CREATE TABLE checkpoint (
    seq INTEGER NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('periodic', 'set-aside', 'lost')),
    at INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (seq, why)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER checkpoint_is_not_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER checkpoint_is_not_cut BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
