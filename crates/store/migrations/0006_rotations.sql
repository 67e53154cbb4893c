-- Where the student rotates.

CREATE TABLE rotation (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid     TEXT NOT NULL UNIQUE,
    hospital TEXT NOT NULL,
    site     TEXT,
    service  TEXT NOT NULL,
    starts   TEXT,
    ends     TEXT
) STRICT;
