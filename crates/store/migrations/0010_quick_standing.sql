-- How well the student is known at every institution, without reading the rows
-- of everybody.

-- The links that count: current ones, beyond doubt.
CREATE INDEX affiliation_counted ON affiliation (institution_key, person)
    WHERE institution_key IS NOT NULL AND current AND certainty <> 'unsure';

-- Who took part in an interaction, from the index alone.
DROP INDEX participant_by_interaction;
CREATE INDEX participant_by_interaction ON participant (interaction, place, person);
