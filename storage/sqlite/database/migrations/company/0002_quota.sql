-- Kinds of calls of which İşbaşı gives no more this month (rules.md §4 "Quota").
CREATE TABLE quota_exhausted (
    kind     text NOT NULL PRIMARY KEY,
    since    text NOT NULL,
    asked_at text NOT NULL
) STRICT;

-- What was learned of İşbaşı by trying it once with this API key (isbasi-api.md §11).
CREATE TABLE probe (
    name   text NOT NULL PRIMARY KEY,
    answer text NOT NULL,
    at     text NOT NULL
) STRICT;
