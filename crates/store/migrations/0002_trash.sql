-- The trash: people who were deleted, and can come back.
--
-- Deleting takes the rows of a person out of their tables, so that nothing
-- finds the person any more. What comes back are the images that the operation
-- kept of these rows.

CREATE TABLE trash (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid      TEXT NOT NULL UNIQUE,
    -- The number of the row that is gone; so it cannot be a foreign key.
    person    INTEGER NOT NULL UNIQUE,
    -- The operation that keeps the images.
    operation INTEGER NOT NULL,
    name      TEXT NOT NULL,
    name_key  TEXT NOT NULL,
    employer  TEXT NOT NULL
) STRICT;
CREATE INDEX trash_by_name ON trash (name_key, id);
