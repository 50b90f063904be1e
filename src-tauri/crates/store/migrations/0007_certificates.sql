-- Certificates that somebody was told of, by the SHA-256 of each: no name and no number stands here.
CREATE TABLE certificate (
    id BLOB PRIMARY KEY CHECK (length(id) = 32),
    noted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was said last of each, and what somebody answered.
CREATE TABLE reminder (
    certificate BLOB PRIMARY KEY REFERENCES certificate (id) ON DELETE CASCADE,
    rung TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    acknowledged_at INTEGER,
    again_at INTEGER
) STRICT, WITHOUT ROWID;
