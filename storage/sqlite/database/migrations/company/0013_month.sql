-- What an accountant was sent of a month, as it was sent last: invoices is the JSON of []monthend.Invoice, without lines.
CREATE TABLE closed_month (
    month     text NOT NULL PRIMARY KEY,
    closed_at text NOT NULL,
    invoices  text NOT NULL
) STRICT;
