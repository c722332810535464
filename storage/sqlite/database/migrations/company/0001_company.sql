-- One İşbaşı company. Money, stock and percentages are decimal text; times are UTC, RFC 3339 with
-- milliseconds; an absent value is null. Columns named *_fold and *_sort are made by the program
-- (rules.md §1), because SQLite knows no Turkish.

CREATE TABLE product (
    id          integer PRIMARY KEY,
    code        text    NOT NULL,
    code_k0     text    NOT NULL,
    code_k1     text    NOT NULL,
    code_sort   blob    NOT NULL,
    barcode     text    NOT NULL,
    barcode_key text    NOT NULL,
    name        text    NOT NULL,
    name_fold   text    NOT NULL,
    name_sort   blob    NOT NULL,
    search_fold text    NOT NULL,
    brand       text    NOT NULL,
    description text    NOT NULL,
    price       text,
    currency    text    NOT NULL,
    stock       text,
    vat_rate    text,
    state       text    NOT NULL CHECK (state IN ('active', 'draft', 'archived')),
    revision    integer NOT NULL,
    source      text    NOT NULL,
    created_at  text    NOT NULL,
    updated_at  text    NOT NULL
) STRICT;

CREATE INDEX product_code_k0 ON product (code_k0) WHERE code_k0 <> '';
CREATE INDEX product_barcode_key ON product (barcode_key) WHERE barcode_key <> '';
CREATE INDEX product_name_sort ON product (name_sort);

CREATE TABLE binding (
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    product_id integer NOT NULL UNIQUE REFERENCES product (id) ON DELETE CASCADE,
    created_at text    NOT NULL,
    PRIMARY KEY (remote_id, type)
) STRICT;

CREATE TABLE separation (
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    created_at text    NOT NULL,
    PRIMARY KEY (remote_id, type, product_id)
) STRICT;

CREATE INDEX separation_product ON separation (product_id);

CREATE TABLE transfer (
    id           integer PRIMARY KEY AUTOINCREMENT,
    state        text    NOT NULL,
    phase        text    NOT NULL,
    options      text    NOT NULL,
    next_page    integer NOT NULL,
    total        integer NOT NULL,
    read         integer NOT NULL,
    transferred  integer NOT NULL,
    matched      integer NOT NULL,
    unmatched    integer NOT NULL,
    skipped      integer NOT NULL,
    failed       integer NOT NULL,
    pending      integer NOT NULL,
    api_reads    integer NOT NULL,
    api_writes   integer NOT NULL,
    cause        text    NOT NULL,
    detail       text    NOT NULL,
    created_at   text,
    read_at      text,
    confirmed_at text,
    finished_at  text,
    worked_ms    integer NOT NULL,
    CHECK (read = transferred + skipped + failed + pending),
    CHECK (transferred = matched + unmatched)
) STRICT;

-- A row is staged as it was read, then gets its plan, then its outcome. id is the order of reading.
-- product_id is history and may outlive its product.
CREATE TABLE transfer_row (
    id          integer PRIMARY KEY,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    code        text    NOT NULL,
    code_sort   blob    NOT NULL,
    barcode     text    NOT NULL,
    name        text    NOT NULL,
    name_sort   blob    NOT NULL,
    search_fold text    NOT NULL,
    brand       text    NOT NULL,
    unit        text    NOT NULL,
    active      integer NOT NULL,
    currency    text    NOT NULL,
    price       text,
    stock       text,
    vat_rate    text,
    modified_at text,
    tier        text    NOT NULL DEFAULT '',
    reason      text    NOT NULL DEFAULT '',
    candidates  integer NOT NULL DEFAULT 0,
    flag        text    NOT NULL DEFAULT '',
    skipped     integer NOT NULL DEFAULT 0,
    product_id  integer NOT NULL DEFAULT 0,
    revision    integer NOT NULL DEFAULT 0,
    outcome     text    NOT NULL DEFAULT 'pending'
        CHECK (outcome IN ('pending', 'matched', 'unmatched', 'skipped', 'failed')),
    notes       text    NOT NULL DEFAULT '',
    UNIQUE (transfer_id, remote_id, type)
) STRICT;

CREATE INDEX transfer_row_outcome ON transfer_row (transfer_id, outcome);

-- What undo needs, in the order it was written: product is the JSON of the product before, null when
-- the transfer created it; revision is that of the product afterwards.
CREATE TABLE before_image (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    product_id  integer NOT NULL,
    product     text,
    revision    integer NOT NULL,
    bound       integer NOT NULL,
    bound_to    integer,
    created_at  text    NOT NULL
) STRICT;

CREATE INDEX before_image_transfer ON before_image (transfer_id);

CREATE TABLE quota (
    month text    NOT NULL,
    kind  text    NOT NULL,
    used  integer NOT NULL CHECK (used >= 0),
    PRIMARY KEY (month, kind)
) STRICT;

CREATE TABLE setting (
    key   text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;

CREATE TABLE connection (
    id              integer PRIMARY KEY CHECK (id = 1),
    authorised      integer NOT NULL,
    environment     text    NOT NULL,
    user_name       text    NOT NULL,
    tenant_id       text    NOT NULL,
    firm_name       text    NOT NULL,
    licence_code    text    NOT NULL,
    licence_name    text    NOT NULL,
    licence_ends_at text,
    licence_expired integer NOT NULL,
    base_url        text    NOT NULL,
    token_ends_at   text,
    signed_in_at    text
) STRICT;

-- Every save is a version of its own; the newest holds.
CREATE TABLE price_rule_version (
    version         integer PRIMARY KEY,
    per_marketplace integer NOT NULL,
    created_at      text    NOT NULL
) STRICT;

-- marketplace '' is the rule for every marketplace.
CREATE TABLE price_rule (
    version     integer NOT NULL REFERENCES price_rule_version (version) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    direction   text    NOT NULL,
    kind        text    NOT NULL,
    amount      text    NOT NULL,
    extra       text    NOT NULL,
    ending      text    NOT NULL,
    ending_mode text    NOT NULL,
    PRIMARY KEY (version, marketplace)
) STRICT;

CREATE TABLE history (
    id     integer PRIMARY KEY,
    at     text    NOT NULL,
    actor  text    NOT NULL,
    what   text    NOT NULL,
    detail text    NOT NULL
) STRICT;
