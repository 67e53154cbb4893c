-- Files that Vouch wrote for the student outside of its own keeping: exports,
-- tables of problems, backups. Forgetting names those that are still there, and
-- takes away the rows whose path names who is forgotten. What a file is called
-- is no part of what the student keeps, so it is neither logged nor exported.
CREATE TABLE exported (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    day  TEXT NOT NULL
) STRICT;
