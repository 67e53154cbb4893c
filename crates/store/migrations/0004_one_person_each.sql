-- What merging people, and telling them apart, leaves behind.

-- Two people of whom the student said that they are not the same.
CREATE TABLE apart (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    one   INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    other INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX apart_by_one ON apart (one, other);
CREATE INDEX apart_by_other ON apart (other, one);

-- Identities that people had before they were merged: old addresses lead on.
CREATE TABLE former_identity (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid   TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX former_identity_by_person ON former_identity (person);

-- Rows that go from one person to another change what search finds of both.
CREATE TRIGGER affiliation_search_move AFTER UPDATE OF person ON affiliation WHEN old.person <> new.person BEGIN
    DELETE FROM person_search WHERE rowid IN (old.person, new.person);
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id IN (old.person, new.person);
END;
CREATE TRIGGER contact_search_move AFTER UPDATE OF person ON contact WHEN old.person <> new.person BEGIN
    DELETE FROM person_search WHERE rowid IN (old.person, new.person);
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id IN (old.person, new.person);
END;
CREATE TRIGGER tag_search_move AFTER UPDATE OF person ON tag WHEN old.person <> new.person BEGIN
    DELETE FROM person_search WHERE rowid IN (old.person, new.person);
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id IN (old.person, new.person);
END;
