-- The report that was saved of a transfer when it ended or was stopped; state and rows (pending or failed)
-- tell the ends of one transfer apart. Paths are empty where no file was written.
CREATE TABLE report (
    id          integer PRIMARY KEY,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    state       text    NOT NULL,
    rows        integer NOT NULL,
    html        text    NOT NULL,
    xlsx        text    NOT NULL,
    draft       text    NOT NULL,
    saved_at    text    NOT NULL,
    UNIQUE (transfer_id, state, rows)
) STRICT;

-- What ended before the program saved reports gets none, and nobody is written to about it.
INSERT INTO report (transfer_id, state, rows, html, xlsx, draft, saved_at)
SELECT id, state, pending + failed, '', '', '', coalesce(finished_at, created_at, '1970-01-01T00:00:00.000Z')
FROM transfer
WHERE confirmed_at IS NOT NULL AND state IN ('done', 'partly_done', 'stopped', 'failed');

-- The mail queue (rules.md §6 "E-mail"). What a letter says goes when nobody needs it any more.
CREATE TABLE letter (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL,
    recipient   text    NOT NULL,
    message_id  text    NOT NULL UNIQUE,
    subject     text    NOT NULL,
    search_fold text    NOT NULL,
    text        text    NOT NULL,
    html        text    NOT NULL,
    file_name   text    NOT NULL,
    file_type   text    NOT NULL,
    file        blob,
    state       text    NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'refused', 'dismissed')),
    attempts    integer NOT NULL,
    next_at     text,
    cause       text    NOT NULL,
    detail      text    NOT NULL,
    created_at  text    NOT NULL,
    changed_at  text    NOT NULL
) STRICT;

CREATE INDEX letter_waiting ON letter (next_at) WHERE state IN ('queued', 'sending');
