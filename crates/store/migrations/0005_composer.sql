-- What follows a message: rules left out for it, the conversation it stands
-- in, and the answers that came. The rules of the first migration hold.

-- Rules that the student switched off for one message.
CREATE TABLE switched_off (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    place   INTEGER NOT NULL,
    rule    TEXT NOT NULL
) STRICT;
CREATE INDEX switched_off_by_message ON switched_off (message, place);

-- The earlier message of the same conversation that a message follows.
CREATE TABLE follows (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL UNIQUE REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    earlier INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX follows_by_earlier ON follows (earlier);

-- Answers that came, each with its Message-ID where it was an e-mail.
CREATE TABLE answer (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    message     INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    interaction INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    mail_id     TEXT NOT NULL
) STRICT;
CREATE INDEX answer_by_message ON answer (message);
CREATE INDEX answer_by_interaction ON answer (interaction) WHERE interaction IS NOT NULL;
CREATE INDEX answer_by_mail ON answer (mail_id) WHERE mail_id <> '';

CREATE INDEX message_by_mail ON message (mail_id);
