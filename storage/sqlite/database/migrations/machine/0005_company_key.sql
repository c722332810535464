-- Two programs that add a company at the same moment add one: names are unique by their fold, a firm of İşbaşı belongs to
-- one company. '' = not known yet: the program that opens the file fills it in, and gives the later of two companies of
-- one name a name of its own. A firm that two companies have already stays theirs, the later one's key is ''.
ALTER TABLE company ADD COLUMN name_key text NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN tenant_key text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX company_name ON company (name_key) WHERE name_key <> '';
CREATE UNIQUE INDEX company_tenant ON company (tenant_key) WHERE tenant_key <> '';

-- Whether the company's file was made: one that is missing later was lost. Older programs made it when it was opened first.
ALTER TABLE company ADD COLUMN has_file integer NOT NULL DEFAULT 0;

-- Which data folder this is: the keyring's entries are named by it. A copy of the folder lies elsewhere, or on another
-- machine, and takes a name of its own.
CREATE TABLE data_folder (
    id      integer PRIMARY KEY CHECK (id = 1),
    name    text NOT NULL,
    path    text NOT NULL,
    machine text NOT NULL,
    inherits integer NOT NULL -- whether what older programs named without a folder is this one's
) STRICT;
