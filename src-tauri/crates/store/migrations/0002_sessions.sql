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
