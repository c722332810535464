-- Invoices at İşbaşı: the attempts to make them, exactly once (orders-invoices.md §4, §5), what is known of İşbaşı's
-- own list, and what a person has to do about those whose order was cancelled or returned (§6).

-- lines, draft and amounts are JSON: the ids of the order's lines, the domain.InvoiceDraft and the invoicing.Amounts. day
-- is the draft's date in Istanbul, total that of amounts.
CREATE TABLE invoice (
    id          integer PRIMARY KEY AUTOINCREMENT,
    serial      integer NOT NULL UNIQUE,
    order_id    integer NOT NULL,
    company     text    NOT NULL,
    marketplace text    NOT NULL,
    package     text    NOT NULL,
    direction   text    NOT NULL,
    state       text    NOT NULL CHECK (state IN ('intent', 'unknown', 'drafted', 'checked', 'mismatch', 'formalising', 'issued',
        'documented', 'deleting', 'rejected', 'lost', 'deleted')),
    fingerprint text    NOT NULL,
    lines       text    NOT NULL,
    token       text    NOT NULL,
    draft       text    NOT NULL,
    day         text    NOT NULL,
    amounts     text    NOT NULL,
    total       text    NOT NULL,
    kind        text    NOT NULL,
    tax_number  text    NOT NULL,
    buyer       text    NOT NULL,
    buyer_sort  blob    NOT NULL,
    formalise   integer NOT NULL,
    remote_id   text    NOT NULL,
    uuid        text    NOT NULL,
    number      text    NOT NULL,
    number_fold text    NOT NULL,
    number_sort blob    NOT NULL,
    scenario    text    NOT NULL,
    status_text text    NOT NULL,
    cancelled   integer NOT NULL,
    read_total  text,
    cause       text    NOT NULL,
    detail      text    NOT NULL,
    missed      integer NOT NULL,
    missed_at   text,
    linked      integer NOT NULL,
    changed     text    NOT NULL DEFAULT '',
    search_fold text    NOT NULL,
    intent_at   text    NOT NULL,
    sent_at     text,
    asked_at    text,
    issued_at   text
) STRICT;

-- Of each key one attempt at most is open or stands, whoever writes into the file.
CREATE UNIQUE INDEX invoice_once ON invoice (marketplace, package, direction) WHERE state NOT IN ('rejected', 'lost', 'deleted');

CREATE INDEX invoice_state ON invoice (state);
CREATE INDEX invoice_remote ON invoice (remote_id) WHERE remote_id <> '';
CREATE INDEX invoice_day ON invoice (day);

-- Rows of İşbaşı's list as they were read last: row is the JSON of a domain.Invoice, remote_number its ID where that is a
-- number, day its date in Istanbul. tokens are those of its description once that was read. gone: it was deleted.
CREATE TABLE seen_invoice (
    remote_id     text    NOT NULL PRIMARY KEY,
    remote_number integer NOT NULL,
    day           text    NOT NULL,
    kind          text    NOT NULL,
    "row"         text    NOT NULL,
    read          integer NOT NULL DEFAULT 0,
    tokens        text    NOT NULL DEFAULT '[]',
    seen_at       text    NOT NULL,
    gone          integer NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX seen_invoice_number ON seen_invoice (remote_number);
CREATE INDEX seen_invoice_day ON seen_invoice (day);

CREATE TABLE taxpayer (
    number     text    NOT NULL PRIMARY KEY,
    registered integer NOT NULL,
    at         text    NOT NULL
) STRICT;

-- lines and amounts are the JSON of the quantities that come back and of an invoicing.Returned. return_number is '' of a
-- cancellation.
CREATE TABLE invoice_task (
    id            integer PRIMARY KEY AUTOINCREMENT,
    invoice_id    integer NOT NULL REFERENCES invoice (id),
    return_number text    NOT NULL,
    what          text    NOT NULL CHECK (what IN ('cancelled', 'returned')),
    lines         text    NOT NULL DEFAULT '[]',
    amounts       text    NOT NULL DEFAULT '{}',
    document      text    NOT NULL DEFAULT '',
    document_on   text,
    note          text    NOT NULL DEFAULT '',
    opened_at     text    NOT NULL,
    closed_at     text,
    UNIQUE (invoice_id, return_number)
) STRICT;
