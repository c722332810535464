-- Stock and price sync (orders-invoices.md §8).

-- What İşbaşı's list said of a product when it was read last, bound or not: a sweep overwrites it page by page.
-- sync_id is the run that read it last.
CREATE TABLE sync_seen (
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    price       text,
    currency    text    NOT NULL,
    stock       text,
    modified_at text,
    read_at     text    NOT NULL,
    sync_id     integer NOT NULL,
    PRIMARY KEY (remote_id, type)
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_seen_run ON sync_seen (sync_id);

-- A run of the sync. planned counts the changes of its plan, pending those that are not carried out, pulled_… and
-- pushed_… those that are: the sums stay when the changes of an old run go. brakes is the JSON of those that are on.
CREATE TABLE sync_run (
    id             integer PRIMARY KEY AUTOINCREMENT,
    state          text    NOT NULL,
    phase          text    NOT NULL,
    scope          text    NOT NULL,
    since          text,
    occasion       text    NOT NULL,
    only_way       text    NOT NULL,
    accepted       text    NOT NULL,
    next_page      integer NOT NULL,
    total          integer NOT NULL,
    read           integer NOT NULL,
    planned        integer NOT NULL,
    failed         integer NOT NULL,
    pending        integer NOT NULL,
    compared       integer NOT NULL DEFAULT 0,
    unchanged      integer NOT NULL DEFAULT 0,
    conflicts      integer NOT NULL DEFAULT 0,
    held           integer NOT NULL DEFAULT 0,
    pulled_stock   integer NOT NULL DEFAULT 0,
    pulled_price   integer NOT NULL DEFAULT 0,
    pushed_stock   integer NOT NULL DEFAULT 0,
    pushed_price   integer NOT NULL DEFAULT 0,
    brakes         text    NOT NULL DEFAULT '[]',
    dated          integer NOT NULL DEFAULT 0,
    undated        integer NOT NULL DEFAULT 0,
    api_reads      integer NOT NULL,
    api_writes     integer NOT NULL,
    cause          text    NOT NULL,
    detail         text    NOT NULL,
    actor          text    NOT NULL,
    created_at     text,
    read_at        text,
    confirmed_at   text,
    finished_at    text,
    undone_at      text,
    worked_ms      integer NOT NULL
) STRICT;

-- What a run does with one field of one bound product, in the order of its doing; values are decimal text. state:
-- planned; applied (pulled into the catalogue); sent, unknown, answered (a push before, in doubt and after İşbaşı's
-- answer); confirmed, refuted (what a later sweep saw of a push); failed. undone: the catalogue has its former value again.
CREATE TABLE sync_item (
    id          integer PRIMARY KEY AUTOINCREMENT,
    sync_id     integer NOT NULL REFERENCES sync_run (id) ON DELETE CASCADE,
    product_id  integer NOT NULL,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    field       text    NOT NULL CHECK (field IN ('stock', 'price')),
    way         text    NOT NULL CHECK (way IN ('pull', 'push')),
    why         text    NOT NULL,
    conflict    integer NOT NULL,
    base        text,
    ours        text,
    theirs      text,
    value       text    NOT NULL,
    currency    text    NOT NULL,
    attempt     integer NOT NULL,
    receipt     text    NOT NULL,
    again       integer NOT NULL,
    state       text    NOT NULL,
    detail      text    NOT NULL DEFAULT '',
    sent_at     text,
    ended_at    text,
    undone      integer NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sync_item_run ON sync_item (sync_id, state, way, id);
CREATE INDEX sync_item_product ON sync_item (product_id, field, id);
CREATE INDEX sync_item_unconfirmed ON sync_item (product_id, field) WHERE way = 'push' AND state IN ('sent', 'unknown', 'answered');

CREATE INDEX sync_item_failed ON sync_item (product_id, field) WHERE way = 'push' AND state = 'failed';

-- Fields that wait for a person, as the last run that looked at them left them. decided is the run of scope "choice"
-- in which a person decided since.
CREATE TABLE sync_open (
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    field      text    NOT NULL,
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    action     text    NOT NULL CHECK (action IN ('conflict', 'held')),
    why        text    NOT NULL,
    way        text    NOT NULL,
    base       text,
    ours       text,
    theirs     text,
    ours_at    text,
    theirs_at  text,
    since      text    NOT NULL,
    sync_id    integer NOT NULL,
    decided    integer NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, field)
) STRICT, WITHOUT ROWID;

-- What a person said of a field: owner is whose value holds from now on ('' = as the company's settings say); kind and
-- the two values it was said of hold until one of them changes. kind: ours (keep the catalogue's), undone (what was
-- pulled and taken back), noted (entered at İşbaşı by hand).
CREATE TABLE sync_choice (
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    field      text    NOT NULL,
    owner      text    NOT NULL,
    kind       text    NOT NULL,
    ours       text,
    theirs     text,
    at         text    NOT NULL,
    actor      text    NOT NULL,
    sync_id    integer NOT NULL,
    PRIMARY KEY (product_id, field)
) STRICT, WITHOUT ROWID;
