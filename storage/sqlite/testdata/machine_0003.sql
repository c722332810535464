-- sopyo.db as the program of migration 0003 left it. Never changed: every later program has to open it.
PRAGMA application_id = 1397706861;
BEGIN TRANSACTION;
CREATE TABLE company (
    id         text    NOT NULL PRIMARY KEY,
    name       text    NOT NULL,
    demo       integer NOT NULL,
    tenant_id  text    NOT NULL,
    created_at text    NOT NULL
, key_print text NOT NULL DEFAULT '') STRICT;
INSERT INTO "company" VALUES('alfa','Alfa Kırtasiye',0,'t-1','2026-11-23T09:00:00.000Z','');
INSERT INTO "company" VALUES('beta','Deneme Ticaret Ltd.',1,'','2026-11-23T09:00:01.000Z','');
CREATE TABLE key_quota (
    key_print  text    NOT NULL,
    company_id text    NOT NULL,
    month      text    NOT NULL,
    kind       text    NOT NULL,
    used       integer NOT NULL CHECK (used >= 0),
    PRIMARY KEY (key_print, month, kind, company_id)
) STRICT;
INSERT INTO "key_quota" VALUES('0011223344556677','alfa','2026-11','read',20);
CREATE TABLE migration (
			version    integer PRIMARY KEY,
			name       text NOT NULL,
			applied_at text NOT NULL
		) STRICT;
INSERT INTO "migration" VALUES(1,'0001_machine.sql','2026-11-23T08:59:59.000Z');
INSERT INTO "migration" VALUES(2,'0002_key.sql','2026-11-23T08:59:59.000Z');
INSERT INTO "migration" VALUES(3,'0003_queue.sql','2026-11-26T09:00:00.000Z');
CREATE TABLE preference (
    key   text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;
INSERT INTO "preference" VALUES('language','en');
CREATE TABLE salt (
    id    integer PRIMARY KEY CHECK (id = 1),
    value blob    NOT NULL
) STRICT;
INSERT INTO "salt" VALUES(1,X'0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF');
CREATE TABLE transfer_queue (
    place      integer PRIMARY KEY,
    company_id text    NOT NULL UNIQUE REFERENCES company (id) ON DELETE CASCADE,
    run_id     integer NOT NULL,
    writing    integer NOT NULL DEFAULT 0,
    entered_at text    NOT NULL
) STRICT;
INSERT INTO "transfer_queue" VALUES(1,'alfa',1,1,'2026-11-26T09:00:01.000Z');
COMMIT;
