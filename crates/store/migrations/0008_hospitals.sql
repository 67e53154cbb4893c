-- Hospitals of a public list that the student imported. They are reference
-- data: nothing of the student stands in them, and search leaves them out.

CREATE TABLE hospital (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    site      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    city      TEXT NOT NULL,
    state     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    -- The name folded, and name, city and state folded: by these a typed text
    -- is compared.
    name_key  TEXT NOT NULL,
    words_key TEXT NOT NULL
) STRICT;
CREATE INDEX hospital_by_name ON hospital (name_key);
CREATE INDEX hospital_by_words ON hospital (words_key);
