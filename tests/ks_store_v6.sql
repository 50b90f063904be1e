-- A database as version 6 of the schema left it.
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
CREATE TABLE "checkpoint" (
    seq INTEGER NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('periodic', 'set-aside', 'lost', 'cut')),
    at INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (seq, why)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM checkpoint WHERE why = 'cut')
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER checkpoint_is_not_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER checkpoint_is_not_cut BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    slot TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An index of the lease files, which hold the truth; rebuilt from them at start.
CREATE TABLE session (
    slot TEXT PRIMARY KEY REFERENCES person (slot) ON DELETE CASCADE,
    lease TEXT NOT NULL,
    environment TEXT NOT NULL,
    means TEXT NOT NULL,
    quality TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    holder TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Attempts to renew a token that failed. While the token lives its lease file holds the truth; this outlives it.
CREATE TABLE attempt (
    lease TEXT NOT NULL,
    planned INTEGER NOT NULL,
    at INTEGER NOT NULL,
    code INTEGER NOT NULL,
    PRIMARY KEY (lease, planned, at)
) STRICT, WITHOUT ROWID;

-- Work without the card: one line for each episode, named by its first lease.
CREATE TABLE ledger (
    episode TEXT PRIMARY KEY,
    slot TEXT NOT NULL,
    environment TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL CHECK (ends_at BETWEEN started_at AND started_at + 43200000),
    reason TEXT NOT NULL CHECK (reason IN ('eid-not-at-hand', 'technical-problem')),
    note TEXT,
    evidence TEXT NOT NULL,
    ended_at INTEGER,
    ended_how TEXT CHECK (ended_how IN ('card', 'time', 'person', 'lost')),
    CHECK ((ended_at IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_by_slot ON ledger (slot, started_at);

INSERT INTO journal VALUES (1, 1772434800000, 'session', 'signed-in', 'sandbox', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', NULL, '{"means":"eid"}', x'0000000000000000000000000000000000000000000000000000000000000000', x'3e0946156e1aca807b0b6e818b560dec2fed1922d9ff5c20828462c104181b38');
INSERT INTO journal VALUES (2, 1772434860000, 'card', 'pin-refused', 'sandbox', NULL, 1202, '{}', x'3e0946156e1aca807b0b6e818b560dec2fed1922d9ff5c20828462c104181b38', x'04b280a5b009151fa553fb44cda3972c80b935a51a48c9dff6801791f757c33d');
INSERT INTO setting VALUES ('language', '"nl"');
INSERT INTO person VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'Claire Lambert');
INSERT INTO session VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '00000000000000000000000000000000', 'sandbox', 'eid-only', 'doctor', 1772434800000, 1772521200000, '0707070707070707070707070707070707070707070707070707070707070707');
INSERT INTO attempt VALUES ('11111111111111111111111111111111', 1772478000000, 1772478003000, 2001);
INSERT INTO checkpoint VALUES (2, 'periodic', 1772434860000, x'04b280a5b009151fa553fb44cda3972c80b935a51a48c9dff6801791f757c33d');
-- Where a person keeps the password of their keystore, in their own words; never the password.
ALTER TABLE person ADD COLUMN hint TEXT NOT NULL DEFAULT '';

UPDATE person SET hint = 'in the safe';

-- How each function was, whenever it changed, and what that rested on.
CREATE TABLE service (
    function TEXT NOT NULL,
    at INTEGER NOT NULL,
    health TEXT NOT NULL,
    PRIMARY KEY (function, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    function TEXT NOT NULL,
    change INTEGER NOT NULL,
    witness TEXT NOT NULL CHECK (witness IN ('authority', 'real', 'probe')),
    health TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (function, change, witness),
    FOREIGN KEY (function, change) REFERENCES service (function, at) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The hours in which a function changed: what a month is drawn from. Made from the changes, never the other way round.
CREATE TABLE service_hour (
    function TEXT NOT NULL,
    hour INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    after TEXT NOT NULL,
    worst TEXT NOT NULL,
    PRIMARY KEY (function, hour)
) STRICT, WITHOUT ROWID;

-- While this PC looked: times that never touch. Between two rows nobody did.
CREATE TABLE watched (
    from_at INTEGER PRIMARY KEY,
    until_at INTEGER NOT NULL CHECK (until_at > from_at)
) STRICT;

INSERT INTO service VALUES ('consent', 1772434800000, 'operational');
INSERT INTO watched VALUES (1772434800000, 1772434860000);
PRAGMA user_version = 6;
