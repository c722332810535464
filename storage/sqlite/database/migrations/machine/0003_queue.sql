-- The transfers of this machine that were confirmed and have not come to their end, in the order of
-- confirmation: one at a time writes. A company has one at most.
CREATE TABLE transfer_queue (
    place      integer PRIMARY KEY,
    company_id text    NOT NULL UNIQUE REFERENCES company (id) ON DELETE CASCADE,
    run_id     integer NOT NULL,
    writing    integer NOT NULL DEFAULT 0,
    entered_at text    NOT NULL
) STRICT;
