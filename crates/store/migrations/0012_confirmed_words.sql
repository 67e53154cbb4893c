-- What a confirmed warning was about. A table of its own beside "confirmed", so
-- that what was done before can still be undone. The rules of the first migration
-- hold.

-- The words of the text that were flagged, or what the warning said; a
-- confirmation holds for these only.
CREATE TABLE confirmed_words (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    place   INTEGER NOT NULL,
    words   TEXT NOT NULL
) STRICT;
CREATE INDEX confirmed_words_by_message ON confirmed_words (message, place);
