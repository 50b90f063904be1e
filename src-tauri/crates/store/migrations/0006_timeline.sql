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
