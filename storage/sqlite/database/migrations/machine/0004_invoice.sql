-- The greatest serial of a company's attempts to invoice and when that was begun, by which a company's file that was restored is told. It outlives
-- its company's place in the list: the file may come back.
CREATE TABLE invoice_mark (
    company_id text    NOT NULL PRIMARY KEY,
    serial     integer NOT NULL,
    at         text    NOT NULL
) STRICT;
