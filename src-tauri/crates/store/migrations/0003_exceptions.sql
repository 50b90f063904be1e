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
