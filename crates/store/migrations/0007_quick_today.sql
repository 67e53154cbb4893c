-- What Today asks, without reading every row.

CREATE INDEX exchange_asked ON exchange (interaction, place) WHERE kind = 'ask';

-- Graduates of the student's school.
CREATE INDEX person_of_school ON person (uuid) WHERE same_school = 1 AND archived = 0;
