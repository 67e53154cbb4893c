-- Less work for Today and for an import.

-- What happened lately, whatever happened before ------------------------------

-- Follow-ups and asks begin with the days; all that it takes to see whether one
-- is still open stands beside them, because a row of the table costs a page.
CREATE INDEX participant_by_day ON participant (day, channel, direction, person, interaction);

-- Few interactions are marked as wanting a follow-up.
CREATE INDEX interaction_wanted ON interaction (day) WHERE follow_up;

-- Search over people, once an operation ----------------------------------------

-- People whose text search does not have yet. The triggers below note them, and
-- the end of every operation indexes all of them in one statement: each
-- statement that indexed somebody wrote a piece of the index of its own. After
-- a commit nobody stands here.
CREATE TABLE unindexed (person INTEGER PRIMARY KEY) STRICT;

DROP TRIGGER person_search_insert;
DROP TRIGGER person_search_update;
DROP TRIGGER person_search_delete;
DROP TRIGGER affiliation_search_insert;
DROP TRIGGER affiliation_search_update;
DROP TRIGGER affiliation_search_delete;
DROP TRIGGER affiliation_search_move;
DROP TRIGGER contact_search_insert;
DROP TRIGGER contact_search_update;
DROP TRIGGER contact_search_delete;
DROP TRIGGER contact_search_move;
DROP TRIGGER tag_search_insert;
DROP TRIGGER tag_search_update;
DROP TRIGGER tag_search_delete;
DROP TRIGGER tag_search_move;

CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN
    INSERT INTO unindexed (person) VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER person_search_update AFTER UPDATE OF given, family, suffix, credentials, greet_as, name_key, note ON person BEGIN
    INSERT INTO unindexed (person) VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    INSERT INTO unindexed (person) VALUES (old.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER affiliation_search_insert AFTER INSERT ON affiliation BEGIN
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER affiliation_search_update AFTER UPDATE OF person, employer, position ON affiliation BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER affiliation_search_delete AFTER DELETE ON affiliation BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER contact_search_insert AFTER INSERT ON contact BEGIN
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF person, value ON contact BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER tag_search_insert AFTER INSERT ON tag BEGIN
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tag_search_update AFTER UPDATE OF person, tag ON tag BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
    INSERT INTO unindexed (person) VALUES (new.person) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tag_search_delete AFTER DELETE ON tag BEGIN
    INSERT INTO unindexed (person) VALUES (old.person) ON CONFLICT DO NOTHING;
END;
