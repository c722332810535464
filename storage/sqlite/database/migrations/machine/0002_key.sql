-- Companies that have the same API key are found by its print: a salted hash, never the key itself.
CREATE TABLE salt (
    id    integer PRIMARY KEY CHECK (id = 1),
    value blob    NOT NULL
) STRICT;

INSERT INTO salt (id, value) VALUES (1, randomblob(32));

ALTER TABLE company ADD COLUMN key_print text NOT NULL DEFAULT '';

-- The calls of a month by API key. A company that is removed leaves its calls: they were made.
CREATE TABLE key_quota (
    key_print  text    NOT NULL,
    company_id text    NOT NULL,
    month      text    NOT NULL,
    kind       text    NOT NULL,
    used       integer NOT NULL CHECK (used >= 0),
    PRIMARY KEY (key_print, month, kind, company_id)
) STRICT;
