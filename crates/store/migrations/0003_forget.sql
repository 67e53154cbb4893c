-- Forgetting people.

-- Operations that cannot be undone any more, because they touched somebody who
-- was forgotten. The log itself is not logged, and neither is this.
CREATE TABLE ended (
    operation INTEGER PRIMARY KEY REFERENCES operation (seq),
    reason    TEXT NOT NULL
) STRICT;

-- There is a row while the file has still to be written anew, so that nothing
-- of those who were forgotten is left between its rows. Whoever opens the vault
-- next does what was not finished.
CREATE TABLE unswept (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT;
