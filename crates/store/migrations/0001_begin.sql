-- What the vault holds from the first day.
--
-- Rules for a logged table (every table here but the four of the first
-- section): `id INTEGER PRIMARY KEY AUTOINCREMENT`, a `uuid` where the row has
-- an identity outside, foreign keys deferred and without cascade, no blobs.
-- The pen generates the triggers that log a table from its columns.

-- Operations -----------------------------------------------------------------

CREATE TABLE operation (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid        TEXT NOT NULL UNIQUE,
    at_us       INTEGER NOT NULL,
    verb        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    description TEXT NOT NULL,
    n_changes   INTEGER NOT NULL DEFAULT 0,
    undoes      INTEGER REFERENCES operation (seq),
    undone_by   INTEGER REFERENCES operation (seq)
) STRICT;

-- One row for each row that an operation touched: as it was before the
-- operation (NULL: it was not there) and as it was after it (NULL: it is gone).
CREATE TABLE change (
    operation  INTEGER NOT NULL REFERENCES operation (seq),
    table_name TEXT NOT NULL,
    row        INTEGER NOT NULL,
    before     TEXT,
    after      TEXT,
    PRIMARY KEY (operation, table_name, row)
) STRICT, WITHOUT ROWID;

-- Every operation that an undo took back; one undo may take back several.
CREATE TABLE undoing (
    undo      INTEGER NOT NULL REFERENCES operation (seq),
    operation INTEGER NOT NULL REFERENCES operation (seq),
    PRIMARY KEY (undo, operation)
) STRICT, WITHOUT ROWID;

-- Operations up to `seq` cannot be undone any more, because a migration has
-- changed the tables that they touched.
CREATE TABLE undo_line (
    seq    INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- People ---------------------------------------------------------------------

CREATE TABLE person (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid         TEXT NOT NULL UNIQUE,
    title        TEXT NOT NULL,
    given        TEXT NOT NULL,
    family       TEXT NOT NULL,
    suffix       TEXT NOT NULL,
    credentials  TEXT NOT NULL,
    greet_as     TEXT NOT NULL,
    -- Folded surname and given names: the order of lists, and a form of the
    -- name that search finds when it is typed without its special letters.
    name_key     TEXT NOT NULL,
    ring         TEXT NOT NULL,
    cadence_days INTEGER,
    how_found    TEXT NOT NULL,
    note         TEXT NOT NULL,
    same_school  INTEGER,
    known_since  TEXT,
    source       TEXT NOT NULL,
    archived     INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (archived, name_key, id);
-- Few people of an import have a rhythm; the agenda asks for those only.
CREATE INDEX person_with_rhythm ON person (id)
    WHERE archived = 0 AND (cadence_days IS NOT NULL OR ring <> 'stored');

CREATE TABLE affiliation (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    person          INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    place           INTEGER NOT NULL,
    employer        TEXT NOT NULL,
    employer_key    TEXT NOT NULL,
    position        TEXT NOT NULL,
    role            TEXT NOT NULL,
    institution_key TEXT,
    program         TEXT,
    site            TEXT,
    evidence        TEXT NOT NULL,
    certainty       TEXT NOT NULL,
    as_of           TEXT,
    current         INTEGER NOT NULL
) STRICT;
CREATE INDEX affiliation_by_person ON affiliation (person, place);
CREATE INDEX affiliation_by_employer ON affiliation (employer_key);
CREATE INDEX affiliation_by_institution ON affiliation (institution_key, person) WHERE institution_key IS NOT NULL;
CREATE INDEX affiliation_by_program ON affiliation (program, person) WHERE program IS NOT NULL;
CREATE INDEX affiliation_by_site ON affiliation (site, person) WHERE site IS NOT NULL;

CREATE TABLE contact (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    place  INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    value  TEXT NOT NULL,
    label  TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_person ON contact (person, place);

CREATE TABLE tag (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    place  INTEGER NOT NULL,
    tag    TEXT NOT NULL
) STRICT;
CREATE INDEX tag_by_person ON tag (person, place);
CREATE INDEX tag_by_tag ON tag (tag, person);

-- Fields of an imported file that have no place of their own.
CREATE TABLE extra (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    place  INTEGER NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL
) STRICT;
CREATE INDEX extra_by_person ON extra (person, place);

-- Fields that the student changed by hand, which an import must not replace.
CREATE TABLE edited (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    field  TEXT NOT NULL,
    UNIQUE (person, field)
) STRICT;

-- Messages -------------------------------------------------------------------

CREATE TABLE message (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid       TEXT NOT NULL UNIQUE,
    person     INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    program    TEXT,
    template   TEXT NOT NULL,
    scenario   TEXT NOT NULL,
    channel    TEXT NOT NULL,
    event      TEXT NOT NULL,
    subject    TEXT NOT NULL,
    text       TEXT NOT NULL,
    state      TEXT NOT NULL,
    sent_on    TEXT,
    changed_us INTEGER NOT NULL,
    mail_id    TEXT NOT NULL
) STRICT;
CREATE INDEX message_by_person ON message (person, state);
CREATE INDEX message_by_state ON message (state, sent_on);
CREATE INDEX message_by_change ON message (changed_us);

-- Warnings that the student confirmed.
CREATE TABLE confirmed (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    place   INTEGER NOT NULL,
    rule    TEXT NOT NULL,
    reason  TEXT NOT NULL
) STRICT;
CREATE INDEX confirmed_by_message ON confirmed (message, place);

-- Interactions ---------------------------------------------------------------

CREATE TABLE interaction (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid         TEXT NOT NULL UNIQUE,
    day          TEXT NOT NULL,
    channel      TEXT NOT NULL,
    direction    TEXT NOT NULL,
    duration_min INTEGER,
    event        TEXT NOT NULL,
    program      TEXT,
    note         TEXT NOT NULL,
    follow_up    INTEGER NOT NULL,
    message      INTEGER REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    -- The number under which search knows the note: it grows with the day, so
    -- that the newest notes are found without looking at all of them.
    search_row   INTEGER AS (
        ((substr(day, 1, 4) * 12 + substr(day, 6, 2)) * 31 + substr(day, 9, 2)) * 1099511627776 + id) VIRTUAL
) STRICT;
CREATE INDEX interaction_by_search_row ON interaction (search_row);
CREATE INDEX interaction_by_day ON interaction (day);
CREATE INDEX interaction_by_message ON interaction (message) WHERE message IS NOT NULL;

-- Day, channel and direction stand here once more, so that one index answers
-- when a person was last spoken to, how often and how.
CREATE TABLE participant (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    interaction INTEGER NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    person      INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    place       INTEGER NOT NULL,
    day         TEXT NOT NULL,
    channel     TEXT NOT NULL,
    direction   TEXT NOT NULL
) STRICT;
CREATE INDEX participant_by_interaction ON participant (interaction, place);
CREATE INDEX participant_by_person ON participant (person, day, interaction, channel, direction);

CREATE TABLE exchange (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    interaction INTEGER NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    place       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    what        TEXT NOT NULL,
    minutes     INTEGER
) STRICT;
CREATE INDEX exchange_by_interaction ON exchange (interaction, place, kind);

CREATE TABLE commitment (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid        TEXT NOT NULL UNIQUE,
    person      INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    interaction INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    owner       TEXT NOT NULL,
    what        TEXT NOT NULL,
    due         TEXT,
    state       TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_by_person ON commitment (person, state);
CREATE INDEX commitment_by_state ON commitment (state, due);
CREATE INDEX commitment_by_interaction ON commitment (interaction) WHERE interaction IS NOT NULL;

-- The student's programs -------------------------------------------------------

CREATE TABLE listing (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    program         TEXT NOT NULL UNIQUE,
    priority        INTEGER NOT NULL,
    note            TEXT NOT NULL,
    listed_on       TEXT NOT NULL,
    institution_key TEXT NOT NULL
) STRICT;

CREATE TABLE listing_site (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    listing INTEGER NOT NULL REFERENCES listing (id) DEFERRABLE INITIALLY DEFERRED,
    place   INTEGER NOT NULL,
    site    TEXT NOT NULL
) STRICT;
CREATE INDEX listing_site_by_listing ON listing_site (listing, place);

CREATE TABLE own_program (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    program         TEXT NOT NULL UNIQUE,
    track           TEXT NOT NULL,
    institution     TEXT NOT NULL,
    city            TEXT NOT NULL,
    state           TEXT NOT NULL,
    institution_key TEXT NOT NULL
) STRICT;

CREATE TABLE own_program_site (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    own_program INTEGER NOT NULL REFERENCES own_program (id) DEFERRABLE INITIALLY DEFERRED,
    place       INTEGER NOT NULL,
    site        TEXT NOT NULL
) STRICT;
CREATE INDEX own_program_site_by_program ON own_program_site (own_program, place);

CREATE TABLE own_site (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    site  TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    city  TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    subject     TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       TEXT NOT NULL,
    source      TEXT NOT NULL,
    as_of       TEXT,
    reliability TEXT NOT NULL,
    private     INTEGER NOT NULL,
    entered_us  INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_by_subject ON correction (subject, field);

-- What the student said an employer's text means; all three NULL: no program.
CREATE TABLE employer_answer (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    employer_key    TEXT NOT NULL UNIQUE,
    institution_key TEXT,
    program         TEXT,
    site            TEXT
) STRICT;

-- Settings, decisions, imports --------------------------------------------------

CREATE TABLE setting (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    key   TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE decision (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    item_key TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    until    TEXT
) STRICT;

CREATE TABLE reading (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us      INTEGER NOT NULL,
    format     TEXT NOT NULL,
    file       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    n_records  INTEGER NOT NULL,
    n_new      INTEGER NOT NULL,
    n_updated  INTEGER NOT NULL,
    n_same     INTEGER NOT NULL,
    n_left     INTEGER NOT NULL,
    n_problems INTEGER NOT NULL
) STRICT;

-- Search -----------------------------------------------------------------------
--
-- The triggers of this section are permanent, so that whatever changes a row,
-- undo included, changes what search finds. A person's text comes from four
-- tables; whoever writes a new person writes the `person` row last, and takes
-- it away first, because each other order indexes the person several times.

CREATE VIRTUAL TABLE person_search USING fts5 (
    name, work, contact, tag, note,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
);

-- An import indexes tens of thousands of people at once; with more room to
-- collect their words, fewer pieces have to be merged afterwards.
INSERT INTO person_search (person_search, rank) VALUES ('hashsize', 8388608);

CREATE VIEW person_text AS
SELECT id,
    concat_ws(' ', given, family, suffix, credentials, greet_as, name_key) AS name,
    (SELECT group_concat(concat_ws(' ', employer, position), ' / ') FROM affiliation WHERE person = person.id) AS work,
    -- Of a LinkedIn address only what names the person: the rest is the same
    -- for everybody.
    (SELECT group_concat(CASE WHEN kind = 'linkedin' AND value LIKE '%/in/%'
            THEN substr(value, instr(lower(value), '/in/') + 4) ELSE value END, ' / ')
        FROM contact WHERE person = person.id) AS contact,
    (SELECT group_concat(tag, ' / ') FROM tag WHERE person = person.id) AS tag,
    note
FROM person;

CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.id;
END;
CREATE TRIGGER person_search_update AFTER UPDATE OF given, family, suffix, credentials, greet_as, name_key, note ON person BEGIN
    DELETE FROM person_search WHERE rowid = new.id;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.id;
END;
CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    DELETE FROM person_search WHERE rowid = old.id;
END;

CREATE TRIGGER affiliation_search_insert AFTER INSERT ON affiliation WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER affiliation_search_update AFTER UPDATE OF employer, position ON affiliation WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER affiliation_search_delete AFTER DELETE ON affiliation WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person) BEGIN
    DELETE FROM person_search WHERE rowid = old.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = old.person;
END;

CREATE TRIGGER contact_search_insert AFTER INSERT ON contact WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF value ON contact WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person) BEGIN
    DELETE FROM person_search WHERE rowid = old.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = old.person;
END;

CREATE TRIGGER tag_search_insert AFTER INSERT ON tag WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER tag_search_update AFTER UPDATE OF tag ON tag WHEN EXISTS (SELECT 1 FROM person WHERE id = new.person) BEGIN
    DELETE FROM person_search WHERE rowid = new.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = new.person;
END;
CREATE TRIGGER tag_search_delete AFTER DELETE ON tag WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person) BEGIN
    DELETE FROM person_search WHERE rowid = old.person;
    INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text WHERE id = old.person;
END;

CREATE VIRTUAL TABLE interaction_search USING fts5 (
    event, note, content = 'interaction', content_rowid = 'search_row',
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
);
CREATE TRIGGER interaction_search_insert AFTER INSERT ON interaction BEGIN
    INSERT INTO interaction_search (rowid, event, note) VALUES (new.search_row, new.event, new.note);
END;
CREATE TRIGGER interaction_search_update AFTER UPDATE OF day, event, note ON interaction BEGIN
    INSERT INTO interaction_search (interaction_search, rowid, event, note) VALUES ('delete', old.search_row, old.event, old.note);
    INSERT INTO interaction_search (rowid, event, note) VALUES (new.search_row, new.event, new.note);
END;
CREATE TRIGGER interaction_search_delete AFTER DELETE ON interaction BEGIN
    INSERT INTO interaction_search (interaction_search, rowid, event, note) VALUES ('delete', old.search_row, old.event, old.note);
END;

CREATE VIRTUAL TABLE message_search USING fts5 (
    subject, text, content = 'message', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
);
CREATE TRIGGER message_search_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_search (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
CREATE TRIGGER message_search_update AFTER UPDATE OF subject, text ON message BEGIN
    INSERT INTO message_search (message_search, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
    INSERT INTO message_search (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
CREATE TRIGGER message_search_delete AFTER DELETE ON message BEGIN
    INSERT INTO message_search (message_search, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
END;
