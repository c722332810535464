-- What this machine knows apart from its companies' own files.

CREATE TABLE company (
    id         text    NOT NULL PRIMARY KEY,
    name       text    NOT NULL,
    demo       integer NOT NULL,
    tenant_id  text    NOT NULL,
    created_at text    NOT NULL
) STRICT;

CREATE TABLE preference (
    key   text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;
