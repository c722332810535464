-- What files brought, so that it can be taken back. What was added has the numbers from first_added to last_added, 0 where nothing was.
CREATE TABLE import (
    id          integer PRIMARY KEY AUTOINCREMENT,
    at          text    NOT NULL,
    file        text    NOT NULL,
    added       integer NOT NULL,
    updated     integer NOT NULL,
    first_added integer NOT NULL,
    last_added  integer NOT NULL,
    undone_at   text
) STRICT;

-- What an import replaced: before and after are the JSON of the values that differ. product_id may outlive its product.
CREATE TABLE import_change (
    import_id  integer NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    product_id integer NOT NULL,
    before     text    NOT NULL,
    after      text    NOT NULL,
    PRIMARY KEY (import_id, product_id)
) STRICT, WITHOUT ROWID;
