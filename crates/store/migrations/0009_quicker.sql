-- Less work for Today and for an import.

-- What happened lately, whatever happened before ------------------------------

-- Follow-ups and asks begin with the days; all that it takes to see whether one
-- is still open stands beside them, because a row of the table costs a page.
CREATE INDEX participant_by_day ON participant (day, channel, direction, person, interaction);

-- Few interactions are marked as wanting a follow-up.
CREATE INDEX interaction_wanted ON interaction (day) WHERE follow_up;
